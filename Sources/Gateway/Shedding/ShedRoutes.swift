import AdminAPI
import FleetModel
import Hummingbird

/// What the routes of giving connections away answer.
struct ShedRoutes: Sendable {
    let shedding: ShedController
    let gate: MutationGuard
    let identity: @Sendable () async -> WorkerIdentity

    func status(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await report())
    }

    /// The first order of an operation is written in the audit; those that renew it every second are only admitted.
    func order(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted = try ShedRequest.read(try await request.body.collect(upTo: AdminRoutes.maximumBodyLength))
        let before = await shedding.status
        let isRenewal = before?.phase == .shedding && before?.operation == request.operation?.id
        let mutation = Mutation(
            action: "shed", target: await identity().worker.rawValue, place: .disruptive, role: .operator, reason: nil,
            before: Self.words(before))
        let act: (Asker) async throws -> (ShedReport, String) = { asker in
            let operation = request.operation?.id ?? ""
            try await shedding.take(ShedOrder(wanted, operation: operation, requestedBy: asker.name))
            let status = await shedding.status
            return (await report(), Self.words(status))
        }
        return try await gate.perform(mutation, request, context, isRenewal: isRenewal, act)
    }

    func stop(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted = try ShedStopRequest.read(try await request.body.collect(upTo: AdminRoutes.maximumBodyLength))
        let mutation = Mutation(
            action: "stop shedding", target: await identity().worker.rawValue, place: .restoring, role: .operator,
            reason: wanted.reason, before: Self.words(await shedding.status))
        return try await gate.perform(mutation, request, context) { _ in
            do {
                try await shedding.stop()
            } catch {
                throw AdminError(.unavailable, "the worker cannot accept again yet: \(error); it tries every second")
            }
            let status = await shedding.status
            return (await report(), Self.words(status))
        }
    }

    private func report() async -> ShedReport {
        let worker = await identity()
        return ShedReport(worker: worker.worker, state: worker.state, shed: await shedding.status)
    }

    private static func words(_ status: ShedStatus?) -> String {
        guard let status else { return "gives no connections away" }
        switch status.phase {
        case .shedding: return "\(status.told) of \(status.count) told to leave at \(status.ratePerSecond)/s"
        case .ended: return "accepts; \(status.told) were told to leave"
        }
    }
}

extension ShedRequest: OrderBody {
    static let subject = "a shedding"
    static let keys = ["count", "rate_per_second", "rooms", "refuse_new", "lease_seconds"]

    /// Nobody leaves, and new connections stay welcome.
    init() { self.init(count: 0, ratePerSecond: 1, refuseNew: false) }

    func checked() throws -> ShedRequest { self }
}
