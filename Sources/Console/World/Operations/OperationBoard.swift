import AdminAPI
import FleetModel

/// What is known of the fleet's operations, of its safety lever, and of what this session may do; whoever began them.
package struct OperationBoard: Sendable {
    /// The latest first, without steps unless they were asked for.
    package private(set) var records: [OperationRecord] = []
    package private(set) var safety: SafetyState?
    /// nil until a worker has told.
    package private(set) var access: AccessReport?
    /// Why the operations could not be read the last time; nil when they could.
    private(set) var failure: SafeText?
    private var askedAt: UnixTime?
    /// Who answered last is asked again.
    private var informant: WorkerID?

    /// While something is under way, as often as its leader tells of it.
    static let busyInterval: Duration = .seconds(1)
    static let idleInterval: Duration = .seconds(10)
    /// Ticks come a little early and a little late.
    private static let tickSlack: Duration = .milliseconds(300)
    /// Others begin operations too: what is not among the last so many is for `gadtop operations list`.
    package static let maximumRecords = 20

    /// The one that has not ended; of more, the latest.
    package var running: OperationRecord? { records.first { $0.outcome == nil } }

    package var isSafetyEngaged: Bool { safety?.engaged ?? false }

    /// nil while it is not known: then everything is offered, and the worker refuses what it must.
    package var role: AccessRole? { access.map { $0.effective ?? .viewer } }

    func may(_ least: AccessRole) -> Bool { role.map { $0 >= least } ?? true }

    subscript(id: String) -> OperationRecord? { records.first { $0.id == id } }
}

// MARK: - Asking

extension OperationBoard {
    /// Says whom to ask now.
    /// - Parameter isWatched: the operator looks at the operations.
    /// - Returns: nil when it is not due, or when nobody is there to be asked.
    mutating func question(in fleet: Fleet, at now: UnixTime, isWatched: Bool) -> WorkerID? {
        let interval = running != nil || isSafetyEngaged || isWatched ? Self.busyInterval : Self.idleInterval
        if let askedAt, askedAt <= now, askedAt.duration(to: now) < interval - Self.tickSlack { return nil }
        let known = informant.flatMap { fleet.workers[$0]?.link == .live ? $0 : nil }
        guard let worker = known ?? fleet.firstLive(after: nil) else { return nil }
        askedAt = now
        return worker
    }

    /// Asks again with the next tick: something has just been changed.
    mutating func askSoon() { askedAt = nil }

    /// Takes in what a worker told.
    mutating func hear(_ report: ControlReport, in fleet: Fleet) {
        if let access = report.access { self.access = access }
        if let safety = report.safety { self.safety = safety }
        if let operations = report.operations { merge(operations) }
        if let details = report.details { replace(details) }
        failure = report.failure.map { SafeText($0.message) }
        informant = report.failure == nil ? report.worker : fleet.next(after: report.worker)
    }

    /// Takes in how an operation stands that this console leads: newer than what workers tell.
    mutating func hear(_ record: OperationRecord) {
        if self[record.id] == nil { records.insert(record, at: 0) } else { replace(record) }
        records.removeLast(max(0, records.count - Self.maximumRecords))
    }

    /// Steps that are known already stay: the list comes without them.
    private mutating func merge(_ operations: [OperationRecord]) {
        let known = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        records = operations.prefix(Self.maximumRecords).map { record in
            guard let old = known[record.id] else { return record }
            if old.updatedAt > record.updatedAt { return old }
            var record = record
            if record.steps.isEmpty { record.steps = old.steps }
            return record
        }
    }

    private mutating func replace(_ record: OperationRecord) {
        guard let index = records.firstIndex(where: { $0.id == record.id }) else { return }
        records[index] = record
    }
}

extension Fleet {
    /// The live worker after this one, round.
    fileprivate func next(after worker: WorkerID) -> WorkerID? { firstLive(after: worker) ?? firstLive(after: nil) }

    /// In the order of the names.
    fileprivate func firstLive(after worker: WorkerID?) -> WorkerID? {
        workers.values.lazy.filter { record in record.link == .live && worker.map { record.id > $0 } ?? true }
            .map(\.id).min()
    }

    /// The time by the workers' own clocks, which leases are kept by; nil while none speaks.
    package var workersTime: UnixTime? {
        workers.values.lazy.filter { !$0.isStale }.compactMap { $0.heard?.value.time }.max()
    }
}
