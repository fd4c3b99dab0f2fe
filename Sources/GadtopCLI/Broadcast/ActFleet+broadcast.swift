import AdminAPI
import ControlPlane
import FleetModel

extension ActFleet {
    private static let standardWait: Duration = .seconds(2)
    private static let standardAckWait: Duration = .seconds(10)
    private static let pollInterval: Duration = .milliseconds(200)

    /// Sends a message, and follows it until there is nothing left to wait for.
    /// - Parameters:
    ///   - wait: how long it is followed; nil for what suits the message.
    ///   - isolation: of the caller, where `told` is called.
    ///   - told: how it stands, again and again.
    func send(
        _ plan: BroadcastPlan, wait: Duration? = nil, isolation: isolated (any Actor)? = #isolation,
        told: (BroadcastReceipt, BroadcastWatch) -> Void
    ) async throws -> BroadcastOutcome {
        let receipt: BroadcastReceipt = try await self.any(.broadcast, plan.order)
        let awaitsAcks = plan.order.requireAck ?? false
        var watch = BroadcastWatch(plan.reach, awaitsAcks: awaitsAcks)
        let end = ContinuousClock.now + (wait ?? (awaitsAcks ? Self.standardAckWait : Self.standardWait))
        repeat {
            let (answers, silent): ([(worker: WorkerID, value: Page<AckReport>)], [WorkerID]) = try await all(
                .acks, query: "message_id=\(plan.id)")
            for (worker, page) in answers { watch.hear(page.items.first, from: worker) }
            for worker in silent { watch.miss(worker) }
            told(receipt, watch)
            if watch.isSettled { break }
            try await Task.sleep(for: Self.pollInterval)
        } while ContinuousClock.now < end
        return BroadcastOutcome(receipt: receipt, watch: watch)
    }
}
