import AdminAPI
import AdminClient
import ControlPlane
import FleetModel

/// Starts and leads the operations that the console's operator confirms, while its loop goes on.
struct ConsoleOperations: Sendable {
    typealias Answer = @Sendable (Result<DrainReport, AdminError>) -> Void

    let source: FleetSource
    let client: AdminClient

    /// Drains one worker.
    /// - Parameter answer: hears once whether the worker took the order.
    func drain(_ worker: WorkerID, _ request: DrainRequest, answer: @escaping Answer) {
        // Unstructured because the main thread stays in `poll` for the console's life; when the process ends, so does
        // the operation's lease, and the drain goes on by itself.
        Task.detached {
            do {
                try await lead(worker, request, answer)
            } catch let error as AdminError {
                answer(.failure(error))
            } catch {
                answer(.failure(AdminError(.unavailable, (error as? CommandFailure)?.message ?? "\(error)")))
            }
        }
    }

    private func lead(_ worker: WorkerID, _ request: DrainRequest, _ answer: Answer) async throws {
        let fleet = try await ConnectedFleet.open(source, through: client)
        let plan = DrainPlan(of: [worker], in: fleet.fleet, options: DrainOptions(confirmed: request))
        var isAnswered = false
        for try await record in fleet.runner().start(plan, reason: request.reason) {
            // The first record is of before any order.
            guard !isAnswered, let line = record.state.workers.first else { continue }
            isAnswered = true
            answer(line.failed ? .failure(AdminError(.conflict, line.words)) : try await fleet.drainReport(of: worker))
        }
    }
}

extension ConnectedFleet {
    fileprivate func drainReport(of worker: WorkerID) async throws -> Result<DrainReport, AdminError> {
        guard let endpoint = snapshot.endpoints.first(where: { $0.worker == worker }) else {
            return .failure(AdminError(.notFound, "the worker has left the fleet"))
        }
        let request = AdminRequest(endpoint, .get, .drain)
        do throws(AdminFailure) {
            return .success(try await client.value(of: DrainReport.self, from: request))
        } catch {
            return .failure(error.failure.asAdminError)
        }
    }
}

extension DrainOptions {
    /// What a dialog's plan asks for; its operator has confirmed whatever it overrides.
    fileprivate init(confirmed request: DrainRequest) {
        self.init(
            ratePerSecond: request.ratePerSecond, deadline: request.deadlineSeconds.map { .seconds($0) },
            reason: request.reason, allowLast: true)
    }
}
