import FleetModel
import NIOCore
import NIOPosix

/// All clients of one process, on one event loop.
final class ClientFleet {
    let loop: any EventLoop
    let plan: ProcessPlan
    var tally = ClientTally()
    var random = SystemRandomNumberGenerator()
    private let addresses: [SocketAddress]
    private let tokens: [String]?
    private var clients: [LoadClient] = []
    private var stamps: StampReader
    private var pacer: Pacer
    /// Clients that were begun; the others wait for their turn.
    private var begun = 0
    /// Clients that want to dial but have to wait until fewer attempts are under way.
    private var waiting: [LoadClient] = []
    private var attempts = 0
    private var wakes = TickSchedule<(LoadClient, UInt32)>(tick: ClientFleet.tick)
    private var limits = TickSchedule<(LoadClient, UInt32)>(tick: ClientFleet.tick)
    private var ticks: RepeatedTask?
    private var isFrozen = false
    private(set) var subscribed = 0
    private(set) var lastDelivery: UInt64 = 0

    /// One timer for all clients; a wait is at most this much too long.
    static let tick: Duration = .milliseconds(10)
    /// Attempts under way at once, well below a listener's usual backlog of 4,096.
    static let maximumAttempts = 512
    /// From dialling to the confirmed subscription.
    static let attemptLimit: Duration = .seconds(10)

    /// - Parameter tokens: one for each client of the plan, or nil for none.
    /// - Throws: `LoadRefusal` when a target's address cannot be found.
    init(plan: ProcessPlan, tokens: [String]?, loop: any EventLoop) throws {
        self.plan = plan
        self.tokens = tokens
        self.loop = loop
        addresses = try plan.targets.map(Self.resolve)
        stamps = StampReader(run: plan.run)
        pacer = Pacer(rate: plan.connectRate)
        let assignment = RoomAssignment(
            rooms: plan.rooms.count, perClient: plan.roomsPerClient, spread: plan.spread)
        clients = (plan.firstClient..<(plan.firstClient + plan.clients)).map { number in
            LoadClient(
                number: number, rooms: assignment.rooms(of: number), target: number % plan.targets.count, fleet: self)
        }
    }

    func start() {
        let fleet = NIOLoopBound(self, eventLoop: loop)
        ticks = loop.scheduleRepeatedTask(initialDelay: .zero, delay: TimeAmount(Self.tick)) { _ in
            fleet.value.timePassed(SteadyClock.now)
        }
    }

    /// Whether every client has been dialled and none is still on its way in.
    var isSettled: Bool { begun == clients.count && attempts == 0 && waiting.isEmpty && wakes.isEmpty }

    var progress: ClientProgress {
        ClientProgress(
            clients: clients.count, subscribed: subscribed, isSettled: isSettled, joins: tally.joins,
            failures: tally.connectFailures.values.reduce(0, +), deliveries: tally.deliveries)
    }

    var receipts: [ClientReceipts] { clients.map(\.receipts) }

    /// From here on no client leaves or is begun; those on their way back still arrive.
    func freeze() { isFrozen = true }

    /// Whether a client that has been there is between two connections.
    var isAnyReturning: Bool { clients.contains(where: \.isReturning) }

    /// Closes every connection.
    func leave() {
        ticks?.cancel()
        for client in clients { client.leave() }
    }

    private static func resolve(_ target: TargetURL) throws -> SocketAddress {
        do {
            return try SocketAddress.makeAddressResolvingHost(target.host, port: target.port)
        } catch {
            throw LoadRefusal.unresolvable(host: target.host, reason: "\(error)")
        }
    }
}

// MARK: - Time

extension ClientFleet {
    private func timePassed(_ now: UInt64) {
        for (client, ticket) in limits.due(at: now) { client.giveUp(ticket: ticket) }
        for (client, ticket) in wakes.due(at: now) where !isFrozen || client.life.phase.isReturning {
            client.timeIsUp(ticket: ticket)
        }
        dialWaiting()
        if !isFrozen { begin(pacer.due(at: now)) }
    }

    private func begin(_ count: Int) {
        // A server that cannot keep up is not offered more; the connect rate is then what it bears.
        guard attempts < Self.maximumAttempts else { return }
        for client in clients[begun..<min(clients.count, begun + count)] {
            begun += 1
            client.begin()
        }
    }

    private func dialWaiting() {
        guard !waiting.isEmpty else { return }
        let free = max(0, Self.maximumAttempts - attempts)
        let next = waiting.prefix(free)
        waiting.removeFirst(next.count)
        for client in next { dial(client) }
    }

    func wake(_ client: LoadClient, ticket: UInt32, after time: Duration) {
        wakes.add((client, ticket), at: SteadyClock.now + time.wholeNanoseconds)
    }
}

// MARK: - Connecting

extension ClientFleet {
    func connect(_ client: LoadClient) {
        if attempts < Self.maximumAttempts { dial(client) } else { waiting.append(client) }
    }

    private func dial(_ client: LoadClient) {
        let now = SteadyClock.now
        attempts += 1
        limits.add((client, client.life.ticket), at: now + Self.attemptLimit.wholeNanoseconds)
        let connection = NIOLoopBound(client.makeConnection(now: now), eventLoop: loop)
        bootstrap(for: client)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(connection.value)
                }
            }
            .connect(to: addresses[client.target])
            .assumeIsolated()
            .whenFailure { client.ended(.unreachable(ConnectFailure.words(for: $0))) }
    }

    private func bootstrap(for client: LoadClient) -> ClientBootstrap {
        let size = min(max(Self.readMemory / max(1, clients.count), 2_048), 65_536)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(Self.attemptLimit))
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: size))
            .channelOption(.maxMessagesPerRead, value: 1)
        guard plan.sourceAddresses > 0, let source = SourceAddress.loopback(client.number % plan.sourceAddresses),
            SourceAddress.isLoopback(addresses[client.target])
        else { return bootstrap }
        return bootstrap.channelOption(SourceAddress.lateBinding, value: 1).bind(to: source)
    }

    /// Bytes of read buffers for all clients together; a large buffer takes many messages in one system call.
    private static let readMemory = 64 << 20

    func target(_ index: Int) -> TargetURL { plan.targets[index] }

    func otherTarget(than index: Int) -> Int { (index + 1) % plan.targets.count }

    func token(of client: Int) -> String? { tokens?[client - plan.firstClient] }

    func subscription(to rooms: [Int]) -> String {
        let names = rooms.map { "\"\(plan.rooms[$0])\"" }.joined(separator: ",")
        return #"{"event_type":"subscribe","data":{"events":[\#(names)]}}"#
    }
}

// MARK: - What clients tell

extension ClientFleet {
    /// Counts a delivered message.
    /// - Returns: nil when it is none of this run's; it is not counted then.
    func received(_ text: UnsafeRawBufferPointer, at now: UInt64) -> MessageStamp? {
        guard let stamp = stamps.read(text) else { return nil }
        tally.latency.record(microseconds: now > stamp.time ? (now - stamp.time) / 1_000 : 0)
        tally.deliveries &+= 1
        tally.deliveredBytes &+= UInt64(text.count)
        lastDelivery = now
        return stamp
    }

    func joined(_ client: LoadClient, isReturn: Bool, after time: UInt64) {
        attempts -= 1
        subscribed += 1
        tally.joins += 1
        tally.rejoins += isReturn ? 1 : 0
        tally.handshake.record(microseconds: time / 1_000)
    }

    func ended(_ end: ConnectionEnd, wasSubscribed: Bool) {
        if wasSubscribed {
            subscribed -= 1
            tally.countClose(end)
        } else {
            attempts -= 1
            tally.countFailure(end)
        }
    }
}
