import FleetModel
import NIOCore
import WebSocket

/// One client: its life, its receipts, and its connection while it has one. Touched on the fleet's event loop only.
final class LoadClient: ConnectionOwner {
    /// Counted over all processes.
    let number: Int
    private(set) var life = ClientLife()
    private(set) var receipts: ClientReceipts
    /// Which of the run's targets it connects to next.
    private(set) var target: Int
    /// Strong, since connections that end late still tell; fleet and clients live as long as their process.
    let fleet: ClientFleet
    private(set) var connection: ClientConnection<LoadClient>?
    var joining = RoomJoining()
    private var connectionID: String?
    private var avoided: String?
    private var dialled: UInt64 = 0
    /// When the session that lasts began; for a client that has returned, messages from before came by replay.
    private var joinedAt: UInt64 = 0
    /// The longest that a message took in that session, in nanoseconds.
    private var slowest: UInt64 = 0
    private var hasJoined = false
    private var isReturned = false
    private(set) var isSubscribed = false
    /// When the storm took its connection, until it is back.
    private var dropped: UInt64?

    init(number: Int, rooms: [Int], target: Int, fleet: ClientFleet) {
        self.number = number
        self.target = target
        self.fleet = fleet
        receipts = ClientReceipts(client: number, rooms: rooms)
    }

    /// Whether it has been there and is between two connections.
    var isReturning: Bool { hasJoined && life.phase.isReturning }
    var isStuck: Bool { receipts.isStuck }

    // MARK: What the fleet asks for

    func begin() { perform(life.begin()) }

    func timeIsUp(ticket: UInt32) { perform(life.timeIsUp(ticket: ticket)) }

    /// A handler for a channel to the client's target.
    func makeConnection(now: UInt64) -> ClientConnection<LoadClient> {
        dialled = now
        let request = fleet.plan.dialect.request(
            to: fleet.target(target), token: fleet.token(of: number), previous: connectionID)
        let connection = ClientConnection(owner: self, request: request)
        self.connection = connection
        return connection
    }

    /// Gives an attempt up that has taken too long.
    func giveUp(ticket: UInt32) {
        guard life.phase == .connecting, life.ticket == ticket else { return }
        connection?.cut(.tooSlow)
    }

    /// Loses its connection, as with its network.
    func drop(at now: UInt64) {
        dropped = now
        connection?.cut(.dropped)
    }

    /// Closes at the end of the run.
    func leave() {
        life.end()
        if isStuck { connection?.cut(.closedByUs) } else { connection?.close(.goingAway) }
    }

    // MARK: What the connection tells

    func opened() {
        switch fleet.plan.dialect {
        case .gad: ask(joining.begin(receipts.rooms.map(\.room)))
        case .nats: connection?.send(NATSText.hello(rooms: receipts.rooms.map { fleet.name(of: $0.room) }))
        case .plain: joinedAtOnce()
        }
    }

    private func joinedAtOnce() {
        let now = SteadyClock.now
        joinedAnew(receipts.rooms.map(\.room), at: now)
        joined(at: now)
    }

    func received(_ message: UnsafeRawBufferPointer, at now: UInt64) {
        switch fleet.plan.dialect {
        case .gad: if !takeDelivery(message, at: now) { handle(message, at: now) }
        case .nats: receive(nats: message, at: now)
        case .plain: if !takeDelivery(message, at: now) { fleet.tally.foreign += 1 }
        }
    }

    func ended(_ end: ConnectionEnd) {
        connection = nil
        receipts.closed(at: SteadyClock.now, slowest: slowest)
        fleet.ended(end, wasSubscribed: isSubscribed, counts: life.phase != .ended)
        if isStuck {
            fleet.tally.stuckEnded += 1
            life.end()
        }
        // Away from a worker that is to be avoided, or that does not answer, where there is another.
        if avoided != nil || !isSubscribed { target = fleet.otherTarget(than: target) }
        isSubscribed = false
        isReturned = hasJoined
        joinedAt = .max
        perform(
            life.disconnected(
                mayReturn: end.mayReturn, notBefore: end.retryAfter ?? .zero, random: &fleet.random))
    }
}

// MARK: - Decisions performed

extension LoadClient {
    private func perform(_ action: ClientLife.Action) {
        switch action {
        case .none: break
        case .connect: fleet.connect(self)
        case .wait(let time): fleet.wake(self, ticket: life.ticket, after: time)
        case .close: closeToMove()
        case .cut: connection?.cut(.closedByUs)
        }
    }

    private func closeToMove() {
        receipts.closed(at: SteadyClock.now, slowest: slowest)
        connection?.close(.goingAway)
        fleet.wake(self, ticket: life.ticket, after: ClientLife.closeLimit)
    }

    func asked(within limit: Duration, avoid: String?) {
        avoided = avoid
        fleet.tally.asked += 1
        perform(life.asked(within: limit))
    }
}

// MARK: - Joining

extension LoadClient {
    func acknowledged(_ id: String?, worker: String?, at now: UInt64) {
        connectionID = id
        if let avoided, avoided == worker { fleet.tally.returnedToAvoided += 1 }
        avoided = nil
        if receipts.rooms.isEmpty { joined(at: now) }
    }

    func joinedAnew(_ rooms: [Int32], at now: UInt64) {
        for room in rooms {
            receipts.joinedAnew(room, at: now)
            if joining.positions[room] != nil { receipts.markStream(room) }
        }
    }

    func joined(at now: UInt64) {
        guard life.phase == .connecting else { return }
        life.subscribed()
        receipts.subscribed(at: now)
        joinedAt = now
        slowest = 0
        isSubscribed = true
        fleet.joined(self, isReturn: hasJoined, after: now - dialled)
        hasJoined = true
        if let dropped { fleet.cameBack(after: now - dropped, at: now) }
        dropped = nil
        if fleet.getsStuck(number) { getStuck() }
    }

    private func getStuck() {
        receipts.isStuck = true
        fleet.tally.stuck += 1
        connection?.stopReading()
    }
}

// MARK: - Deliveries

extension LoadClient {
    /// - Returns: false for what is no message of this run.
    func takeDelivery(_ message: UnsafeRawBufferPointer, at now: UInt64) -> Bool {
        guard let stamp = fleet.stamp(in: message) else { return false }
        let isReplayed = isReturned && stamp.time < joinedAt && joining.positions[stamp.room] != nil
        receipts.receive(stamp)
        if !isReplayed { slowest = max(slowest, now - min(now, stamp.time)) }
        fleet.count(stamp, bytes: message.count, isReplayed: isReplayed, at: now)
        guard fleet.mayBeStream(stamp.room) || joining.positions[stamp.room] != nil else { return true }
        if let mark = StreamMark(in: message) { read(stamp, mark) }
        return true
    }

    private func read(_ stamp: MessageStamp, _ mark: StreamMark) {
        joining.received(stamp.room, at: mark)
        receipts.markStream(stamp.room)
        guard fleet.plan.acknowledges else { return }
        let id = stamp.text(run: fleet.plan.run)
        connection?.send(#"{"event_type":"ack","data":{"message_id":"\#(id)"}}"#)
        fleet.tally.acknowledged += 1
    }
}
