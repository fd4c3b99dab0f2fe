import FleetModel

/// Decides every step of giving connections away; reads no clock and touches nothing.
///
/// Whoever drives it asks `next` what to do, does it, and reports with `did`. Orders may come at any moment. What it
/// was told counts over all orders of one operation, so that an order which comes twice, or after the lease of the one
/// before, has nobody leave twice.
struct ShedMachine: Sendable {
    /// What is to be done now.
    enum Action: Sendable, Equatable {
        case refuseNew
        case acceptNew
        /// Close those that did not leave when told, and tell up to so many more to leave; then ask again after `tick`.
        case step(tell: Int, rooms: RoomPattern?)
        /// Nothing until an order comes.
        case rest
    }

    /// What was done.
    enum Deed: Sendable, Equatable {
        case refusedNew
        case acceptedNew
        case stepped(ShedTally)
    }

    private var shed: Shed?
    /// Whether new connections are refused because of it.
    private var isRefusing = false

    /// The finest pacing.
    static let tick: Duration = .milliseconds(100)
    /// How long a shedding that ended is still told of in samples: its leader wants to know how many left.
    static let remembrance: Duration = .seconds(10)
}

// MARK: - Orders

extension ShedMachine {
    mutating func take(_ order: ShedOrder, now: UnixTime) {
        if shed?.order.operation == order.operation {
            shed?.renew(order, now: now)
        } else {
            shed = Shed(order, now: now)
        }
    }

    /// Ends it at once; those who were told already still leave.
    mutating func stop(now: UnixTime) { shed?.end(at: now) }
}

// MARK: - Steps

extension ShedMachine {
    /// - Parameter jitter: a random number from 0 to 1, another at each call.
    mutating func next(now: UnixTime, jitter: Double) -> Action {
        if let shed, shed.isOver(at: now) { self.shed?.end(at: now) }
        let wantsRefusal = shed.map { $0.isActive && $0.order.refusesNew } ?? false
        guard wantsRefusal == isRefusing else { return wantsRefusal ? .refuseNew : .acceptNew }
        guard let shed, shed.isActive || shed.leaving > 0 else { return .rest }
        return .step(tell: self.shed?.take(now: now, jitter: jitter) ?? 0, rooms: shed.order.rooms)
    }

    mutating func did(_ deed: Deed) {
        switch deed {
        case .refusedNew: isRefusing = true
        case .acceptedNew: isRefusing = false
        case .stepped(let tally): shed?.count(tally)
        }
    }
}

// MARK: - Status

extension ShedMachine {
    var isActive: Bool { shed?.isActive ?? false }
    /// Whether it does nothing to the worker any more, but for those who were told.
    var isSettled: Bool { !isActive && !isRefusing }

    /// Of the last one; nil where there was none.
    var status: ShedStatus? { shed?.status }

    /// What samples tell.
    func recentStatus(at now: UnixTime) -> ShedStatus? {
        guard let shed, shed.isWorthTelling(at: now) else { return nil }
        return shed.status
    }
}

/// One shedding from its first order to its end.
private struct Shed: Sendable {
    private(set) var order: ShedOrder
    private let startedAt: UnixTime
    private var leaseEndsAt: UnixTime
    private var endedAt: UnixTime?
    private var told = 0
    private(set) var leaving = 0
    private var matching = 0
    private var pacer: ClosePacer

    init(_ order: ShedOrder, now: UnixTime) {
        self.order = order
        startedAt = now
        leaseEndsAt = now.advanced(by: order.lease)
        pacer = ClosePacer(ratePerSecond: order.ratePerSecond, now: now)
        // Until they are counted nobody knows that there are fewer than wanted.
        matching = order.count
    }

    var isActive: Bool { endedAt == nil }

    func isOver(at now: UnixTime) -> Bool { isActive && now >= leaseEndsAt }

    func isWorthTelling(at now: UnixTime) -> Bool {
        guard let endedAt else { return true }
        return endedAt.duration(to: now) < ShedMachine.remembrance
    }

    mutating func renew(_ order: ShedOrder, now: UnixTime) {
        self.order = order
        leaseEndsAt = now.advanced(by: order.lease)
        if endedAt != nil { pacer.rest(at: now) }
        pacer.ratePerSecond = order.ratePerSecond
        endedAt = nil
    }

    mutating func end(at now: UnixTime) {
        endedAt = endedAt ?? now
    }

    /// How many to tell now.
    mutating func take(now: UnixTime, jitter: Double) -> Int {
        let wanted = isActive ? min(order.count - told, matching) : 0
        guard wanted > 0 else {
            // Time in which nobody may leave earns no closes for later.
            pacer.rest(at: now)
            return 0
        }
        return pacer.take(remaining: wanted, deadline: startedAt, now: now, jitter: jitter)
    }

    mutating func count(_ tally: ShedTally) {
        told += tally.told
        leaving = tally.leaving
        matching = tally.matching
    }

    var status: ShedStatus {
        ShedStatus(
            phase: isActive ? .shedding : .ended, operation: order.operation, requestedBy: order.requestedBy,
            startedAt: startedAt, leaseEndsAt: leaseEndsAt, ratePerSecond: order.ratePerSecond,
            rooms: order.rooms?.description, refusesNew: isActive && order.refusesNew, count: order.count, told: told,
            leaving: leaving, matching: matching)
    }
}
