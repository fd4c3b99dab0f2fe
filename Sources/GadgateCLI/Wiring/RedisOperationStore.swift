import AdminAPI
import FleetModel
import Gateway
import Redis

/// Operations in Redis as the place where a fleet keeps them.
struct RedisOperationStore: OperationStore {
    private let operations: RedisOperations

    /// A leader tells how it goes once a second; one that is silent for this long is taken for gone.
    private static let lease: Duration = .seconds(10)
    private static let interrupted = OperationOutcome(
        .interrupted, "whoever led it went away; what had been ordered went on by itself")

    /// - Parameter client: started already.
    init(client: RedisClient) {
        operations = RedisOperations(
            client: client, lease: Self.lease, maximumSteps: OperationRecord.maximumSteps)
    }

    func start(_ record: OperationRecord) async throws -> OperationRecord {
        try await changed(record.id) {
            try await operations.start(
                record.id, planHash: record.planHash, isDisruptive: record.plan.kind.isDisruptive,
                interrupted: try StoredFields.text(Self.interrupted), fields: try StoredFields.fields(of: record))
        }
    }

    func report(_ news: OperationNews) async throws -> OperationRecord {
        try await changed(news.id) {
            try await operations.report(
                news.id, fence: news.fence, state: try StoredFields.text(news.state),
                steps: try news.steps.map { try StoredFields.text($0) },
                outcome: try news.outcome.map { try StoredFields.text($0) })
        }
    }

    func cancel(_ id: String, _ order: OperationRecord.CancelOrder) async throws -> OperationRecord {
        try await changed(id) { try await operations.cancel(id, order: try StoredFields.text(order)) }
    }

    func takeOver(_ id: String, by leader: String, from origin: String) async throws -> OperationRecord {
        try await changed(id) { try await operations.takeOver(id, by: leader, from: origin) }
    }

    func operation(_ id: String) async throws -> OperationRecord? {
        try await reached { try await operations.operation(id) }.map { try StoredFields.record(id, $0) }
    }

    func operations(limit: Int) async throws -> [OperationRecord] {
        try await reached { try await operations.operations(limit: limit) }.map {
            try StoredFields.record($0.fields["id"] ?? "", $0)
        }
    }

    func holder() async throws -> (id: String, fence: Int)? {
        try await reached { try await operations.holder() }
    }

    func safety() async throws -> SafetyState {
        StoredFields.safety(try await reached { try await operations.safety() })
    }

    func set(_ safety: SafetyState) async throws {
        let (by, at) = (safety.by ?? "", safety.at ?? .now)
        let words = "the safety lever is engaged" + (safety.reason.map { ": " + $0 } ?? "")
        let order = OperationRecord.CancelOrder(by: by, reason: words, at: at)
        try await reached {
            try await operations.setSafety(
                engaged: safety.engaged, reason: safety.reason ?? "", by: by, at: at.description,
                order: try StoredFields.text(order))
        }
    }
}

extension RedisOperationStore {
    /// Names what keeps Redis from answering in the words of the admin API.
    private func reached<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as RedisError {
            throw AdminError(.unavailable, "the fleet's Redis did not answer: \(error)")
        }
    }

    private func changed(_ id: String, _ body: () async throws -> OperationReply) async throws -> OperationRecord {
        switch try await reached(body) {
        case .done(let stored): return try StoredFields.record(id, stored)
        case .safety:
            throw AdminError(
                .safetyEngaged, "the safety lever is engaged; an admin releases it with: gadtop safety release")
        case .used: throw AdminError(.planInvalid, "this plan was carried out already; make it again")
        case .missing: throw AdminError(.notFound, "there is no operation \(id); see: gadtop operations list")
        case .ended(let outcome):
            throw AdminError(.conflict, "operation \(id) has ended: \(StoredFields.words(outcome: outcome))")
        case .fenced(let leader):
            throw AdminError(.fenced, "operation \(id) is led by another now (\(leader)); see: gadtop operations list")
        case .running(let holder): throw Self.running(holder)
        }
    }

    private static func running(_ holder: OperationReply.Holder) -> AdminError {
        AdminError(
            .operationRunning,
            "operation \(holder.id) (\(holder.kind)) is led by \(holder.leader) from \(holder.origin); it tells of "
                + "itself at the latest in \(Figures.wait(holder.lease)); see: gadtop operations show \(holder.id)")
    }
}
