import AdminAPI
import AdminClient
import Console
import ControlPlane
import FleetModel
import Synchronization

/// Carries out single acts and leads operations, as the command line does.
final class ActPerformer: Sendable {
    typealias Tell = @Sendable (ActNews) -> Void

    private let source: FleetSource
    private let client: AdminClient
    /// Of the operations that are led here, by their ids.
    private let led = Mutex<[String: OperationControls]>([:])

    init(_ source: FleetSource, through client: AdminClient) {
        self.source = source
        self.client = client
    }

    /// Ends with the act: for an operation, with its outcome.
    func perform(_ request: ActRequest, as id: ActID, _ tell: @escaping Tell) async {
        do {
            tell(.ended(id, .success(try await outcome(of: request, as: id, tell))))
        } catch let error as AdminError {
            tell(.ended(id, .failure(error)))
        } catch let failure as CommandFailure {
            tell(.ended(id, .failure(AdminError(.unavailable, failure.message))))
        } catch {
            tell(.ended(id, .failure(AdminError(.internal, "\(error)"))))
        }
    }

    private func outcome(of request: ActRequest, as id: ActID, _ tell: @escaping Tell) async throws -> String {
        if case .cancel(let operation) = request, let controls = led.withLock({ $0[operation.id] }) {
            controls.cancel(reason: operation.reason)
            return "it makes the fleet safe and ends"
        }
        let fleet = try await ConnectedFleet.open(source, through: client)
        switch request {
        case .operation(let plan, let reason):
            return try await lead(as: id, tell) { controls, told in
                try await fleet.runner({ $0 }).run(plan, reason: reason, controls: controls, told: told)
            }
        case .takeOver(let operation):
            let taken = try await fleet.desk.takeOver(operation)
            guard let machine = taken.machine else { return "its lease ends by itself" }
            return try await lead(as: id, tell) { controls, told in
                await fleet.runner({ $0 }).lead(taken, machine, controls: controls, told: told)
            }
        case .cancel(let operation):
            _ = try await fleet.desk.cancel(operation)
            return "the order is given"
        case .undrain(let workers, let wanted):
            for worker in workers { try await fleet.order(.undrain(wanted), to: worker) }
            return "accepted"
        case .safety(let wanted): return try await fleet.desk.set(wanted).line
        }
    }

    private func lead(
        as id: ActID, _ tell: @escaping Tell,
        _ leading: (OperationControls, @escaping @Sendable (OperationRecord) -> Void) async throws -> OperationRecord
    ) async throws -> String {
        let controls = OperationControls()
        let record = try await leading(controls) { [self] record in
            led.withLock { $0[record.id] = record.outcome == nil ? controls : nil }
            tell(.led(id, record))
        }
        led.withLock { $0[record.id] = nil }
        return record.outcome?.words ?? "led on by another"
    }
}

extension ConnectedFleet {
    /// Asks one worker for something that needs no operation.
    fileprivate func order(_ command: WorkerCommand, to worker: WorkerID) async throws {
        guard let endpoint = snapshot.endpoints.first(where: { $0.worker == worker }) else {
            throw AdminError(.notFound, "\(SafeText(worker)) has left the fleet")
        }
        do {
            try await client.response(to: try AdminRequest(command, to: endpoint)).checked()
        } catch let failure as AdminFailure {
            throw failure.failure.asAdminError
        } catch let failure as TransferFailure {
            throw failure.asAdminError
        }
    }
}
