import AdminAPI
import FleetModel
import HTTPTypes
import Hummingbird

/// Where operations are begun, told of and ended, on behalf of the whole fleet.
struct OperationRoutes: Sendable {
    let store: any OperationStore
    let register: any FleetRegister
    let gate: MutationGuard
    let clock: SteadyClock

    /// The snapshot of a thousand workers takes 100 KB, and so do as many lines of progress.
    static let maximumBodyLength = 512 << 10
    /// Records in one answer.
    static let limits = 1...200
    static let standardLimit = 20

    func list(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: ["id", "limit"])
        if let id = query.text("id") { return try AdminAnswer.json(try await known(id)) }
        let limit = try query.integer("limit", in: Self.limits, standard: Self.standardLimit)
        let records = try await store.operations(limit: limit)
        return try AdminAnswer.json(OperationList(items: records.map(\.withoutDetails)))
    }

    func start(_ request: Request, _ context: AdminContext) async throws -> Response {
        let start: OperationStart = try await body(of: request)
        try ReasonCheck.check(start.reason)
        let kind = start.plan.kind
        let mutation = Mutation(
            action: kind.rawValue, target: Self.targets(start.plan), place: .single, role: kind.role,
            reason: start.reason, before: "plan \(start.planHash)")
        return try await gate.perform(mutation, request, context) { asker in
            try await checkFree(for: kind)
            try PlanCheck(start: start, now: clock.now).check(against: try await register.members())
            let record = try await store.start(record(of: start, by: asker))
            return (record, "operation \(record.id) has begun")
        }
    }

    /// Told about once a second, so that only the end is written in the audit.
    func progress(_ request: Request, _ context: AdminContext) async throws -> Response {
        let told: OperationNews = try await body(of: request)
        let news = told.onClock(clock.now)
        guard let outcome = news.outcome else { return try AdminAnswer.json(try await store.report(news)) }
        let mutation = Mutation(
            action: "end", target: news.id, place: .restoring, role: .operator, reason: nil,
            before: news.state.phase.rawValue)
        return try await gate.perform(mutation, request, context) { _ in
            (try await store.report(news), "\(outcome.status.rawValue): \(outcome.words)")
        }
    }

    func cancel(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reference: OperationReference = try await body(of: request)
        try ReasonCheck.check(reference.reason)
        let record = try await known(reference.id)
        let mutation = Mutation(
            action: "cancel", target: record.id, place: .restoring, role: record.plan.kind.role,
            reason: reference.reason, before: record.state.note)
        return try await gate.perform(mutation, request, context) { asker in
            let order = OperationRecord.CancelOrder(by: asker.name, reason: reference.reason, at: clock.now)
            return (try await store.cancel(record.id, order), "the order to cancel is given")
        }
    }

    func takeOver(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reference: OperationReference = try await body(of: request)
        try ReasonCheck.check(reference.reason)
        let record = try await known(reference.id)
        let mutation = Mutation(
            action: "takeover", target: record.id, place: .restoring, role: record.plan.kind.role,
            reason: reference.reason, before: "led by \(record.leader) (\(record.origin))")
        return try await gate.perform(mutation, request, context) { asker in
            let taken = try await store.takeOver(record.id, by: asker.name, from: asker.origin)
            return (taken, "led by \(asker.name) (\(asker.origin))")
        }
    }
}

// MARK: - The safety lever

extension OperationRoutes {
    func safety(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(try await store.safety())
    }

    /// Anybody who operates may stop; only an admin lets go on.
    func setSafety(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted: SafetyState = try await body(of: request)
        try ReasonCheck.check(wanted.reason)
        let before = try await store.safety()
        let mutation = Mutation(
            action: wanted.engaged ? "safety engage" : "safety release", target: "fleet", place: .restoring,
            role: wanted.engaged ? .operator : .admin, reason: wanted.reason,
            before: before.engaged ? "engaged by \(before.by ?? "somebody")" : "released")
        return try await gate.perform(mutation, request, context) { asker in
            let state = SafetyState(
                engaged: wanted.engaged, reason: wanted.reason, by: asker.name, at: clock.now)
            try await store.set(state)
            return (state, state.engaged ? "engaged" : "released")
        }
    }
}

// MARK: - Parts

extension OperationRoutes {
    private func body<Value: Decodable>(of request: Request) async throws -> Value {
        let bytes = Array((try await request.body.collect(upTo: Self.maximumBodyLength)).readableBytesView)
        do {
            return try AdminJSON.decode(Value.self, from: bytes)
        } catch let error as DecodingError {
            throw AdminError(.badRequest, "the body is not what this route takes: \(error.words)")
        }
    }

    /// Said before the fleet is looked at: what runs is why it is not what the plan was made for.
    private func checkFree(for kind: OperationKind) async throws {
        guard kind.isDisruptive, let holder = try await store.holder(),
            let record = try await store.operation(holder.id)
        else { return }
        throw AdminError(
            .operationRunning,
            "operation \(record.id) (\(record.plan.kind.rawValue)) is led by \(record.leader) from \(record.origin) "
                + "since \(record.startedAt); see: gadtop operations show \(record.id)")
    }

    private func known(_ id: String) async throws -> OperationRecord {
        guard let record = try await store.operation(id) else {
            throw AdminError(.notFound, "there is no operation \(SafeText(id)); see: gadtop operations list")
        }
        return record
    }

    private func record(of start: OperationStart, by asker: Asker) -> OperationRecord {
        let state = OperationRecord.Progress(phase: .running, progress: 0, note: "begins", workers: [])
        return OperationRecord(
            id: OperationPlan.operationID(planHash: start.planHash), plan: start.plan, planHash: start.planHash,
            fence: 0, leader: asker.name, origin: asker.origin, reason: start.reason, startedAt: clock.now,
            updatedAt: clock.now, leaseEndsAt: nil, state: state, steps: [])
    }

    /// For the audit, which has a line for it.
    private static func targets(_ plan: OperationPlan) -> String {
        guard !plan.targets.isEmpty else { return "fleet" }
        return plan.targets.prefix(namedTargets).map(\.rawValue).joined(separator: ", ")
            + (plan.targets.count > namedTargets ? " and \(plan.targets.count - namedTargets) more" : "")
    }

    private static let namedTargets = 10
}

extension OperationRecord {
    /// For lists: the snapshot and the steps are told of one operation at a time.
    fileprivate var withoutDetails: OperationRecord {
        var record = self
        record.plan.snapshot = []
        record.steps = []
        return record
    }
}
