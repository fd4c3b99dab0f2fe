import AdminAPI
import FleetModel

/// One worker of a running rebalance, as its last sample had it and as it was told.
struct RebalanceMember: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        /// Accepts clients, as ever.
        case takes
        /// Has enough: accepts nobody for now, and gives nobody away.
        case holds
        /// Accepts nobody, and has clients leave.
        case gives
    }

    let worker: WorkerID
    var part = Part.takes
    /// Why nothing is planned with it any more.
    private(set) var leftOut: SafeText?
    /// Why nothing is planned with it for now, such as that it is degraded.
    private(set) var unfitness: SafeText?
    /// Whether it was given an order that was not taken back.
    var isOrdered = false
    /// Orders in a row that it refused.
    var refusals = 0

    /// As the last sample has it, in the unit that is balanced.
    private(set) var load = 0.0
    /// Clients told to leave so far, and those of them who are still there.
    private(set) var told = 0
    private(set) var leaving = 0
    /// Members of the rooms for each client in them; 1 where connections are balanced.
    private(set) var loadOfClient = 1.0
    /// Whether its sample shows that it does as it was told, so that `told` is known.
    private(set) var isShedding = false
    private(set) var silentSince: UnixTime?
    private var life: UnixTime?
    /// What the last order allowed.
    var allowed = 0
    var allowedRate = 0.0

    /// Refusals in a row after which a worker is left out.
    static let patience = 3
    /// Silence after which a worker is taken for lost.
    static let lostAfter: Duration = .seconds(10)

    init(_ worker: WorkerID) {
        self.worker = worker
    }

    /// Without those who were told to leave.
    var staying: Double { load - loadOfClient * Double(leaving) }
    /// Those who were told and are gone.
    var left: Double { loadOfClient * Double(told - leaving) }

    /// How many it may have told by the time it reads another order: its sample is a moment old then.
    var perhapsTold: Int { max(told, min(allowed, told + Int(allowedRate.rounded(.up)) + 1)) }

    var takesPart: Bool { absence == nil }
    /// Why nothing is planned with it; nil while it takes part.
    var absence: SafeText? { leftOut ?? (silentSince == nil ? unfitness : "does not answer") }

    mutating func leaveOut(_ words: SafeText) {
        leftOut = leftOut ?? words
        part = .takes
    }

    /// Takes note of its record.
    /// - Returns: why it is lost; nil for one that lives.
    mutating func observe(
        _ record: WorkerRecord?, _ rooms: RoomPattern?, operation: String, at now: UnixTime
    ) -> SafeText? {
        guard let record else { return "has left the fleet" }
        guard !record.isStale, let sample = record.sample else { return fallSilent(at: now) }
        silentSince = nil
        if let life, life != sample.startedAt {
            // Another process, which knows nothing of what the one before it was told.
            (isOrdered, isShedding, leaving) = (false, false, 0)
            load = record.load(in: rooms).map(Double.init) ?? load
            return "died and was started again"
        }
        life = sample.startedAt
        // What is kept of an operation is the same for all who read it.
        unfitness = Language.$current.withValue(.english) {
            record.unfitness ?? (record.load(in: rooms) == nil ? WorkerRecord.uncountedWords : nil)
        }
        if unfitness != nil { part = .takes }
        load = record.load(in: rooms).map(Double.init) ?? load
        take(sample, isOfRooms: rooms != nil, operation)
        return nil
    }

    private mutating func fallSilent(at now: UnixTime) -> SafeText? {
        let since = silentSince ?? now
        silentSince = since
        return since.duration(to: now) >= Self.lostAfter ? "does not answer any more" : nil
    }

    private mutating func take(_ sample: WorkerSample, isOfRooms: Bool, _ operation: String) {
        let shed = sample.shed.flatMap { $0.operation == operation ? $0 : nil }
        isShedding = shed?.phase == .shedding
        leaving = shed?.leaving ?? 0
        guard let shed else { return }
        told = shed.told
        let clients = shed.matching + shed.leaving
        loadOfClient = isOfRooms && clients > 0 ? max(1, load / Double(clients)) : 1
    }
}
