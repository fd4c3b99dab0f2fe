import DequeModule
import FleetModel
import NIOCore
import WebSocket

/// Everything one event loop serves: its connections, whom they are grouped with, and what waits for them.
///
/// There is one a loop and nothing of it is shared, so that delivery needs no lock and no hop.
// Sendable: its state is touched on `loop` only; every entry from elsewhere goes through `loop`.
final class LoopShard: @unchecked Sendable {
    let loop: any EventLoop
    let configuration: DataPlaneConfiguration
    let wallClock: @Sendable () -> UnixTime
    private let exchange: Exchange
    private(set) var policy: GatewayPolicy
    /// What is left undone for now; the worker decides it for all loops.
    var degradation = DegradationLevel.normal

    /// How late the loop is, for who cannot wait for it.
    let pulse = LoopPulse(interval: LoopShard.tickInterval)
    var counters = ShardCounters()
    /// While the worker refuses new clients every close counts as planned, for this cause.
    var refusing: PlannedClose?
    /// Clients that were told to leave, the first told first; used by LoopShard+shed.
    var leavers: Deque<Leaver> = []
    /// Verifies the tokens of clients that send a fresh one; set before the first client.
    var authenticator: Authenticator?
    var verifications = 0
    /// nil where there is no registry of connections.
    var registryNotes: RegistryNotes?
    /// When any client was heard last.
    var lastHeard: NIODeadline?
    private(set) var connectionCount = 0
    /// By `Connection.slot`; a nil is free to be used again.
    private(set) var connections: ContiguousArray<Connection?> = []
    private var freeSlots: [Int32] = []

    // Groups, used by LoopShard+groups.
    var groups: [BackplaneChannel: MemberGroup] = [:]
    /// Those of rooms, each at its `roomSlot`, so that they can be walked a part at a time.
    var roomGroups: ContiguousArray<MemberGroup> = []
    var isDegraded = true
    var confirmations: [Confirmation] = []

    // Streams, used by LoopShard+streams.
    /// Connections that wait for what they missed.
    var resuming = 0
    var lastTicket: UInt32 = 0
    var ledger = AckLedger()

    // Delivery, used by LoopShard+delivery and LoopShard+turns.
    let load: WorkerLoad
    let criticalTick = Tick(.critical)
    let tick = Tick(.ordinary)
    /// Whether the tick has enough to be written.
    var isTickGathered = false
    var intake = Intake()
    /// Clients that take again what waited for them.
    var draining: Deque<Connection> = []
    var isTurnScheduled = false
    /// Of the messages that came in.
    var lastSequence: UInt64 = 0
    /// What `lastSequence` was when a client joined something last.
    var lastJoin: UInt64 = 0

    // Time, used by LoopShard+heartbeat.
    var wheel = TimingWheel<WheelEntry>()
    var wheelStart = NIODeadline.now()
    var lastTick = NIODeadline.now()
    var worstLag = TimeAmount.zero
    var ticking: RepeatedTask?

    init(
        loop: any EventLoop, configuration: DataPlaneConfiguration, exchange: Exchange,
        load: WorkerLoad = WorkerLoad(), wallClock: @escaping @Sendable () -> UnixTime = WallClock.now
    ) {
        self.loop = loop
        self.load = load
        self.configuration = configuration
        self.exchange = exchange
        policy = configuration.policy
        self.wallClock = wallClock
        for channel in Exchange.baseChannels { groups[channel] = MemberGroup(channel) }
    }

    func need(_ channels: [BackplaneChannel]) { exchange.need(channels, by: self) }
    func release(_ channels: [BackplaneChannel]) { exchange.release(channels, by: self) }

    var keepsStreams: Bool { exchange.streams != nil }

    /// Publishes; `completion` is called on this loop.
    func publish(
        _ payload: ByteBuffer, id: String, to channel: BackplaneChannel,
        completion: @escaping (PublicationOutcome) -> Void
    ) {
        exchange.publish(payload, id: id, to: channel).hop(to: loop).assumeIsolated().whenSuccess(completion)
    }

    /// The answer comes with `finish`.
    func askToResume(_ request: ResumeRequest) { exchange.resume(request) }

    func mayPublish(to channel: BackplaneChannel, _ identity: Identity) -> Bool {
        !configuration.authentication.isRequired || policy.access.mayPublish(to: channel, identity)
    }

    /// Brings the policy that holds from here on.
    func apply(_ policy: GatewayPolicy) { self.policy = policy }
}

// MARK: - Connections

extension LoopShard {
    /// Takes a connection in; it is open once its channels are confirmed.
    func attach(_ connection: Connection) {
        place(connection)
        counters.connectionsTotal += 1
        watch(connection)
        switch connection.purpose {
        case .echo: connection.open()
        case .client: introduce(connection)
        }
    }

    func detach(_ connection: Connection) {
        guard connection.slot >= 0 else { return }
        let start = NIODeadline.now()
        _ = takePending(of: connection)
        connection.releaseBacklog()
        leaveAll(connection)
        ledger.forget(slot: connection.slot)
        connections[Int(connection.slot)] = nil
        freeSlots.append(connection.slot)
        connection.slot = -1
        connectionCount -= 1
        let code = connection.closeCode ?? .abnormal
        counters.closes[code.rawValue, default: 0] += 1
        if let planned = connection.plannedClose ?? connection.departure ?? refusing {
            counters.plannedCloses[planned] += 1
        }
        noteLeft(connection)
        noteClosed(connection, at: start)
    }

    /// Connections that are not closing yet.
    var openCount: Int { connections.count { $0?.isOpen ?? false } }

    /// Closes up to `count` connections that are not closing yet, chosen at random.
    /// - Returns: how many.
    func close(atMost count: Int, code: CloseCode, reason: String, as planned: PlannedClose) -> Int {
        var candidates = connections.compactMap { $0 }.filter(\.isOpen)
        let number = min(count, candidates.count)
        for index in 0..<number {
            candidates.swapAt(index, Int.random(in: index..<candidates.count))
            candidates[index].close(code, reason: reason, planned: planned)
        }
        return number
    }

    /// Tells each client to come back elsewhere after a random part of `spread`.
    func announceReconnect(spread: Duration) -> Int {
        let clients = connections.compactMap { $0 }.filter { $0.purpose == .client && $0.phase == .open }
        let now = wallClock()
        for client in clients {
            let delay = Duration.microseconds(Int64.random(in: 0...max(0, spread.wholeMicroseconds)))
            client.reply(ServerEnvelope.reconnect(within: delay, avoiding: configuration.worker, now: now))
        }
        return clients.count
    }

    private func place(_ connection: Connection) {
        connectionCount += 1
        if let slot = freeSlots.popLast() {
            connection.slot = slot
            connections[Int(slot)] = connection
        } else {
            connection.slot = Int32(truncatingIfNeeded: connections.count)
            connections.append(connection)
        }
    }

    private func introduce(_ connection: Connection) {
        noteOpened(connection)
        let identity = connection.identity
        var audiences: [BackplaneChannel] = [.everyone]
        if let user = identity.userID { audiences.append(.user(user)) }
        audiences += identity.roles.map { .role($0) }
        join(channels: audiences, connection, alsoAwaiting: [.fleet]) { [self] degraded in
            guard connection.phase == .opening else { return }
            connection.openedAfter = lastSequence
            lastJoin = lastSequence
            let now = wallClock()
            connection.reply(
                ServerEnvelope.acknowledgement(
                    connection, worker: configuration.worker, window: resumeWindow, now: now, degraded: degraded))
            connection.open()
        }
    }
}
