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
    private unowned let fleet: ClientFleet
    private var connection: ClientConnection<LoadClient>?
    private var connectionID: String?
    private var avoided: String?
    private var dialled: UInt64 = 0
    private var hasJoined = false
    private var isSubscribed = false

    init(number: Int, rooms: [Int], target: Int, fleet: ClientFleet) {
        self.number = number
        self.target = target
        self.fleet = fleet
        receipts = ClientReceipts(client: number, rooms: rooms)
    }

    /// Whether it has been there and is between two connections.
    var isReturning: Bool { hasJoined && life.phase.isReturning }

    // MARK: What the fleet asks for

    func begin() { perform(life.begin()) }

    func timeIsUp(ticket: UInt32) { perform(life.timeIsUp(ticket: ticket)) }

    /// A handler for a channel to the client's target.
    func makeConnection(now: UInt64) -> ClientConnection<LoadClient> {
        dialled = now
        let request = UpgradeRequest(
            target: fleet.target(target), token: fleet.token(of: number), previous: connectionID)
        let connection = ClientConnection(owner: self, request: request)
        self.connection = connection
        return connection
    }

    /// Gives an attempt up that has taken too long.
    func giveUp(ticket: UInt32) {
        guard life.phase == .connecting, life.ticket == ticket else { return }
        connection?.cut(.tooSlow)
    }

    /// Closes at the end of the run.
    func leave() {
        life.end()
        connection?.close(.goingAway)
    }

    // MARK: What the connection tells

    func opened() {
        guard !receipts.rooms.isEmpty else { return }
        connection?.send(fleet.subscription(to: receipts.rooms.map { Int($0.room) }))
    }

    func received(_ text: UnsafeRawBufferPointer, at now: UInt64) {
        guard let stamp = fleet.received(text, at: now) else { return handle(text, at: now) }
        receipts.receive(stamp)
    }

    func ended(_ end: ConnectionEnd) {
        connection = nil
        receipts.closed(at: SteadyClock.now)
        if life.phase != .ended { fleet.ended(end, wasSubscribed: isSubscribed) }
        // Away from a worker that is to be avoided, or that does not answer, where there is another.
        if avoided != nil || !isSubscribed { target = fleet.otherTarget(than: target) }
        isSubscribed = false
        perform(life.disconnected(mayReturn: end.mayReturn, random: &fleet.random))
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
        receipts.closed(at: SteadyClock.now)
        connection?.close(.goingAway)
        fleet.wake(self, ticket: life.ticket, after: ClientLife.closeLimit)
    }
}

// MARK: - Envelopes

extension LoadClient {
    private func handle(_ text: UnsafeRawBufferPointer, at now: UInt64) {
        guard let envelope = ServerEnvelope(json: Array(text)) else {
            fleet.tally.malformed += 1
            return
        }
        switch envelope {
        case .acknowledgement(let id, let worker): acknowledged(id, worker, at: now)
        case .subscribed: joined(at: now)
        case .reconnect(let limit, let avoid): asked(within: limit, avoid)
        case .ping: connection?.send(#"{"event_type":"pong"}"#)
        case .error(let code, message: _): fleet.tally.countError(code)
        case .published: break
        case .delivered: fleet.tally.foreign += 1
        }
    }

    private func acknowledged(_ id: String?, _ worker: String?, at now: UInt64) {
        connectionID = id
        if let avoided, avoided == worker { fleet.tally.returnedToAvoided += 1 }
        avoided = nil
        if receipts.rooms.isEmpty { joined(at: now) }
    }

    private func joined(at now: UInt64) {
        guard life.phase == .connecting else { return }
        life.subscribed()
        receipts.subscribed(at: now)
        isSubscribed = true
        fleet.joined(self, isReturn: hasJoined, after: now - dialled)
        hasJoined = true
    }

    private func asked(within limit: Duration, _ avoid: String?) {
        avoided = avoid
        fleet.tally.asked += 1
        perform(life.asked(within: limit, random: &fleet.random))
    }
}
