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
        } catch let failure as CommandFailure where failure.status == .partlyDone {
            tell(.partlyDone(id, failure.message))
        } catch let failure as CommandFailure {
            tell(.ended(id, .failure(AdminError(.unavailable, failure.message))))
        } catch {
            tell(.ended(id, .failure(AdminError(.internal, "\(error)"))))
        }
    }

    private func outcome(of request: ActRequest, as id: ActID, _ tell: @escaping Tell) async throws -> String {
        switch request {
        case .operation(let plan, let reason):
            let fleet = try await connected()
            return try await lead(as: id, tell) { controls, told in
                try await fleet.runner().run(plan, reason: reason, controls: controls, told: told)
            }
        case .drill(let options, let master, let reason):
            return try await drill(options, of: master, reason: reason, as: id, tell)
        case .takeOver(let operation): return try await takeOver(operation, as: id, tell)
        case .cancel(let operation): return try await cancel(operation)
        case .undrain(let workers, let wanted): return try await undrain(workers, wanted)
        case .safety(let wanted): return try await connected().desk.set(wanted).line
        case .throttle(let plan): return try await workers().throttle(plan.order, silent: plan.silent).wholeLine
        case .clearThrottle(let order): return try await workers().clear(order).wholeLine
        case .broadcast(let plan):
            return try await workers().send(plan) { receipt, watch in
                tell(.delivered(id, Delivery(receipt: receipt, watch: watch)))
            }.wholeLine
        case .breaker(let workers, let order): return try await hold(order, on: workers)
        case .kick(let worker, let order):
            let fleet = try await workers()
            return try await fleet.kick(order, on: try fleet.endpoint(of: worker.rawValue)).line
        }
    }

    /// The fleet for what any worker, or a certain one, can do by itself.
    private func workers() async throws -> ActFleet { try await ActFleet.open(source, through: client) }

    /// The fleet for operations, looked at once.
    private func connected() async throws -> ConnectedFleet { try await ConnectedFleet.open(source, through: client) }
}

// MARK: - Single acts

extension ActPerformer {
    /// One after the other; the first that cannot be undrained ends it, and the words say which were.
    private func undrain(_ names: [WorkerID], _ wanted: UndrainRequest) async throws -> String {
        let fleet = try await connected()
        var undrained: [String] = []
        for worker in names {
            do {
                try await fleet.order(.undrain(wanted), to: worker)
                undrained.append(SafeText(worker).text)
            } catch let error as AdminError where !undrained.isEmpty {
                throw CommandFailure(
                    .partlyDone, "\(undrained.joined(separator: ", ")) accepted; \(SafeText(worker)): \(error.message)")
            }
        }
        return "accepted"
    }

    /// One after the other; the first that cannot be held ends it, and the words say which were.
    private func hold(_ order: BreakerOrder, on names: [WorkerID]) async throws -> String {
        let fleet = try await workers()
        var held: [String] = []
        for worker in names {
            do {
                let breaker = try await fleet.hold(order, on: try fleet.endpoint(of: worker.rawValue))
                held.append("\(SafeText(worker)) \(breaker.line)")
            } catch let failure as CommandFailure where !held.isEmpty {
                throw CommandFailure(.partlyDone, (held + [failure.message]).joined(separator: "; "))
            }
        }
        return held.joined(separator: "; ")
    }
}

// MARK: - Operations

extension ActPerformer {
    private func takeOver(_ operation: OperationReference, as id: ActID, _ tell: @escaping Tell) async throws -> String
    {
        let fleet = try await connected()
        let taken = try await fleet.desk.takeOver(operation)
        guard let machine = taken.machine else { return "its lease ends by itself" }
        return try await lead(as: id, tell) { controls, told in
            await fleet.runner().lead(taken, machine, controls: controls, told: told)
        }
    }

    private func cancel(_ operation: OperationReference) async throws -> String {
        if let controls = led.withLock({ $0[operation.id] }) {
            controls.cancel(reason: operation.reason)
            return "it makes the fleet safe and ends"
        }
        _ = try await connected().desk.cancel(operation)
        return "the order is given"
    }

    /// As `gadtop drill failover` does it, with the report in the operator's state directory.
    private func drill(
        _ options: DrillOptions, of master: SafeText, reason: String?, as id: ActID, _ tell: @escaping Tell
    ) async throws -> String {
        let keeper = ReportKeeper(path: try ReportDirectory.file(at: .now))
        let drill = try await PreparedDrill(options, in: try await connected(), keeper: keeper)
        // Whatever becomes of the operation, the primary's process goes on.
        defer { drill.end() }
        try drill.check(isOf: master)
        return try await lead(as: id, tell) { controls, told in
            let record = try await drill.fleet.runner(drill.looks).run(
                drill.plan, reason: reason, controls: controls, told: told)
            if let news = keeper.news(of: record.id) { tell(news) }
            return record
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

extension PreparedDrill {
    /// - Throws: why it is not what was confirmed, or must not be done.
    fileprivate func check(isOf master: SafeText) throws {
        guard plan.master == master else {
            throw CommandFailure(.failed, "nothing was done: the fleet's Redis is \(plan.master) now, not \(master)")
        }
        let refusals = plan.objections.filter(\.isRefusal).map(\.words.text)
        guard refusals.isEmpty else {
            throw CommandFailure(.failed, "nothing was done: \(refusals.joined(separator: "; "))")
        }
    }
}

extension ReportKeeper {
    /// Where the report is, or why it is nowhere; nil where there is none.
    fileprivate func news(of operation: String) -> ActNews? {
        if let failure { return .kept(operation: operation, .failure(AdminError(.internal, failure))) }
        guard let path, report != nil else { return nil }
        return .kept(operation: operation, .success(path))
    }
}

extension ThrottleOutcome {
    /// - Throws: what is missing from a whole success.
    fileprivate var wholeLine: String {
        get throws {
            if let shortfall { throw shortfall }
            return line
        }
    }
}

extension BroadcastOutcome {
    /// - Throws: what is missing from a whole success.
    fileprivate var wholeLine: String {
        get throws {
            if let shortfall { throw shortfall }
            return line
        }
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
