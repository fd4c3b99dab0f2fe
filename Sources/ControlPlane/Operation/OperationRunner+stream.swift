import AdminAPI

extension OperationRunner {
    /// Begins what a plan says and leads it, for a front end that goes on meanwhile: the record after each tick, the
    /// last one with its outcome. The stream fails with the `AdminError` that kept it from starting. To give the stream
    /// up leaves the operation to others; `controls` cancels it.
    package func start(
        _ plan: any PlannedOperation, reason: String?, controls: OperationControls = OperationControls()
    ) -> AsyncThrowingStream<OperationRecord, any Error> {
        AsyncThrowingStream { told in
            // Unstructured because the front end's loop cannot await it; the stream's end cancels it.
            let leading = Task {
                do {
                    let last = try await run(plan, reason: reason, controls: controls) { told.yield($0) }
                    told.yield(last)
                    told.finish()
                } catch {
                    told.finish(throwing: error)
                }
            }
            told.onTermination = { _ in leading.cancel() }
        }
    }
}
