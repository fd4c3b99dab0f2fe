import AdminAPI
import FleetModel

@testable import Gateway

/// Operations in memory, on a clock that a test moves: what Redis does for a fleet.
actor MemoryOperationStore: OperationStore {
    private var records: [String: OperationRecord] = [:]
    private var order: [String] = []
    private var used: Set<String> = []
    private var lock: String?
    private var fence = 0
    private var held: (id: String, fence: Int)?
    private var lever = SafetyState(engaged: false, reason: nil)
    private(set) var now = UnixTime(microseconds: 1_795_457_902_000_000)

    static let lease: Duration = .seconds(10)

    func advance(by duration: Duration) { now = now.advanced(by: duration) }

    func start(_ record: OperationRecord) throws -> OperationRecord {
        if lever.engaged { throw AdminError(.safetyEngaged, "the safety lever is engaged") }
        guard used.insert(record.planHash).inserted else { throw AdminError(.planInvalid, "used") }
        if record.plan.kind.isDisruptive {
            try checkLock(record.id)
            if let lock { records[lock]?.outcome = OperationOutcome(.interrupted, "gone") }
            lock = record.id
        }
        fence += 1
        var record = record
        (record.fence, record.leaseEndsAt) = (fence, now.advanced(by: Self.lease))
        records[record.id] = record
        order.append(record.id)
        return record
    }

    func report(_ news: OperationNews) throws -> OperationRecord {
        guard var record = records[news.id] else { throw AdminError(.notFound, "unknown") }
        guard record.fence == news.fence else { throw AdminError(.fenced, "another leads it") }
        if let outcome = record.outcome { throw AdminError(.conflict, outcome.words) }
        record.state = news.state
        record.steps += news.steps
        record.outcome = news.outcome
        record.leaseEndsAt = news.outcome == nil ? now.advanced(by: Self.lease) : nil
        if news.outcome != nil, lock == news.id { lock = nil }
        records[news.id] = record
        return record
    }

    func cancel(_ id: String, _ order: OperationRecord.CancelOrder) throws -> OperationRecord {
        guard var record = records[id] else { throw AdminError(.notFound, "unknown") }
        if record.cancel == nil { record.cancel = order }
        records[id] = record
        return record
    }

    func takeOver(_ id: String, by leader: String, from origin: String) throws -> OperationRecord {
        guard var record = records[id] else { throw AdminError(.notFound, "unknown") }
        if let end = record.leaseEndsAt, end > now { throw AdminError(.operationRunning, "led by \(record.leader)") }
        fence += 1
        (record.fence, record.leader, record.origin) = (fence, leader, origin)
        record.leaseEndsAt = now.advanced(by: Self.lease)
        records[id] = record
        return record
    }

    func operation(_ id: String) -> OperationRecord? { records[id] }
    func operations(limit: Int) -> [OperationRecord] { order.reversed().prefix(limit).compactMap { records[$0] } }

    /// Has an operation hold the lock that was never begun.
    func hold(_ id: String?, fence: Int) { held = id.map { ($0, fence) } }

    func holder() -> (id: String, fence: Int)? {
        held ?? lock.flatMap { records[$0] }.flatMap { isLive($0) ? ($0.id, $0.fence) : nil }
    }

    func safety() -> SafetyState { lever }

    func set(_ safety: SafetyState) {
        lever = safety
        guard safety.engaged, let lock, records[lock]?.cancel == nil else { return }
        records[lock]?.cancel = OperationRecord.CancelOrder(by: safety.by ?? "", reason: safety.reason, at: now)
    }

    private func isLive(_ record: OperationRecord) -> Bool { record.leaseEndsAt.map { $0 > now } ?? false }

    private func checkLock(_ id: String) throws {
        guard let lock, let record = records[lock], isLive(record) else { return }
        throw AdminError(.operationRunning, "operation \(record.id) is led by \(record.leader) from \(record.origin)")
    }
}

/// A registry that says what a test wants it to say.
actor MemoryRegister: FleetRegister {
    private var known: [FleetMember]

    init(_ known: [FleetMember] = []) { self.known = known }

    func set(_ members: [FleetMember]) { known = members }
    func members() -> [FleetMember] { known }
}
