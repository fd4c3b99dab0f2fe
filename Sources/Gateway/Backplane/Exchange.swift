import FleetModel
import Logging
import NIOCore

/// Between the backplane and a worker's loops: which channels are needed, and each message once to each loop.
// Sendable: its state is touched on `loop` only; every entry from elsewhere goes through `loop`.
final class Exchange: @unchecked Sendable {
    /// Needed by every client, and so subscribed for as long as the worker lives.
    static let baseChannels: [BackplaneChannel] = [.everyone, .fleet]
    /// How long a channel stays subscribed with nobody left, so that reconnecting clients find it confirmed.
    private static let linger = TimeAmount.seconds(2)

    let loop: any EventLoop
    let backplane: any Backplane
    let breakers: BreakerBoard
    let wallClock: @Sendable () -> UnixTime
    private(set) var policy: GatewayPolicy
    private var shards: [LoopShard] = []
    private(set) var state = BackplaneState.connecting
    private var uses: [BackplaneChannel: Use] = [:]
    private var isSweepScheduled = false
    /// nil where no room has a stream.
    let streams: StreamRooms?

    // Messages, used by Exchange+messages.
    var complaints: Complaints
    var broadcasts = ByClass<UInt64>(repeating: 0)
    var malformed: UInt64 = 0
    var recent = RecentMessages()
    var sequence: UInt64 = 0
    var throttles = ThrottleTable()

    /// That a channel is subscribed, and for how many loops.
    private struct Use {
        var loops = 0
        var isConfirmed = false
        var unneededSince: NIODeadline?
        /// Of the messages of a room, where its class has a rate.
        var budget = TokenBucket()
    }

    init(
        loop: any EventLoop, backplane: any Backplane, log: (any CriticalLog)?, breakers: BreakerBoard,
        load: WorkerLoad = WorkerLoad(), policy: GatewayPolicy, logger: Logger,
        wallClock: @escaping @Sendable () -> UnixTime = WallClock.now
    ) {
        self.loop = loop
        self.backplane = backplane
        self.breakers = breakers
        self.policy = policy
        self.wallClock = wallClock
        streams = log.map {
            StreamRooms(
                log: GuardedLog(log: $0, breakers: breakers, loop: loop), loop: loop, load: load, policy: policy)
        }
        complaints = Complaints(logger: logger)
    }

    /// Connects the backplane with the loops; called once, on `loop`.
    func start(_ shards: [LoopShard]) {
        self.shards = shards
        for channel in Self.baseChannels { uses[channel] = Use(loops: shards.count) }
        streams?.start(self)
        backplane.start(on: loop) { [self] event in handle(event) }
        backplane.subscribe(Self.baseChannels.map(\.name))
    }

    func stop() -> EventLoopFuture<Void> {
        onLoop { [self] in streams?.stop() }
        return backplane.shutdown()
    }

    /// Brings the policy that holds from here on. From any thread.
    func apply(_ policy: GatewayPolicy) {
        onLoop { [self] in
            self.policy = policy
            streams?.policy = policy
            for channel in uses.keys { adaptStream(of: channel) }
        }
    }
}

// MARK: - Channels

extension Exchange {
    /// A loop got its first client for these channels. From any thread.
    func need(_ channels: [BackplaneChannel], by shard: LoopShard) {
        onLoop { [self] in
            backplane.subscribe(channels.filter(addUse).map(\.name))
            let confirmed = channels.compactMap(confirmation)
            if !confirmed.isEmpty { tell(shard) { $0.confirmed(confirmed) } }
        }
    }

    /// A loop has no client left for these channels. From any thread.
    func release(_ channels: [BackplaneChannel], by shard: LoopShard) {
        guard !channels.isEmpty else { return }
        onLoop { [self] in
            for channel in channels { removeUse(channel) }
            scheduleSweep()
        }
    }

    /// - Returns: whether the channel has to be subscribed.
    private func addUse(_ channel: BackplaneChannel) -> Bool {
        let isFirst = uses[channel] == nil
        uses[channel, default: Use()].loops += 1
        uses[channel]?.unneededSince = nil
        if isFirst { adaptStream(of: channel) }
        return isFirst
    }

    private func removeUse(_ channel: BackplaneChannel) {
        guard var use = uses[channel] else { return }
        use.loops -= 1
        if use.loops == 0 { use.unneededSince = .now() }
        uses[channel] = use
    }

    private func scheduleSweep() {
        guard !isSweepScheduled else { return }
        isSweepScheduled = true
        loop.scheduleTask(in: Self.linger) { [self] in
            isSweepScheduled = false
            sweep(before: .now() - Self.linger)
        }
    }

    private func sweep(before limit: NIODeadline) {
        let idle = uses.filter { $0.value.unneededSince != nil }
        let stale = idle.filter { $0.value.unneededSince.map { $0 <= limit } ?? false }.map(\.key)
        for channel in stale {
            uses[channel] = nil
            if case .room(let room) = channel { streams?.close(room) }
        }
        if !stale.isEmpty { backplane.unsubscribe(stale.map(\.name)) }
        if stale.count < idle.count { scheduleSweep() }
    }
}

// MARK: - Events

extension Exchange {
    private func handle(_ event: BackplaneEvent) {
        switch event {
        case .connected:
            state = .connected
            streams?.connected()
            tellAll { $0.backplaneConnected() }
        case .lost(let reason):
            state = .lost(reason: reason)
            for channel in uses.keys { uses[channel]?.isConfirmed = false }
            streams?.disconnected()
            tellAll { $0.backplaneLost() }
        case .confirmed(let name): confirm(name)
        case .message(let name, let payload):
            guard let channel = BackplaneChannel(name: name) else { return }
            receive(payload, from: channel)
        }
    }

    private func confirm(_ name: String) {
        guard let channel = BackplaneChannel(name: name), uses[channel] != nil else { return }
        uses[channel]?.isConfirmed = true
        if case .room(let room) = channel { streams?.confirmed(room) }
        if let confirmation = confirmation(of: channel) { tellAll { $0.confirmed([confirmation]) } }
    }

    func tellAll(_ news: @escaping @Sendable (LoopShard) -> Void) {
        for shard in shards { tell(shard, news) }
    }

    func tell(_ shard: LoopShard, _ news: @escaping @Sendable (LoopShard) -> Void) {
        if shard.loop.inEventLoop { news(shard) } else { shard.loop.execute { news(shard) } }
    }

    func onLoop(_ work: @escaping @Sendable () -> Void) {
        if loop.inEventLoop { work() } else { loop.execute(work) }
    }
}

// MARK: - Rooms

extension Exchange {
    /// - Returns: nil while messages of the channel may be missed.
    func confirmation(of channel: BackplaneChannel) -> ConfirmedChannel? {
        guard uses[channel]?.isConfirmed == true else { return nil }
        guard case .room(let room) = channel, let cursor = streams?[room]?.cursor else {
            return ConfirmedChannel(channel: channel, position: nil)
        }
        return cursor.isLive ? ConfirmedChannel(channel: channel, position: cursor.position) : nil
    }

    /// Whether messages of a room are kept in a stream.
    func hasStream(_ room: RoomName) -> Bool { streams != nil && policy.hasStream(room) }

    /// Begins or ends to follow the stream of a subscribed room, as the policy has it.
    private func adaptStream(of channel: BackplaneChannel) {
        guard case .room(let room) = channel, let streams, hasStream(room) != (streams[room] != nil) else { return }
        if streams[room] == nil {
            streams.open(room)
            if uses[channel]?.isConfirmed == true { streams.confirmed(room) }
        } else {
            streams.close(room)
            tellAll { $0.confirmed([ConfirmedChannel(channel: channel, position: nil)]) }
        }
    }

    /// - Returns: false when a room has more messages than its class may have there.
    func isWithinRate(_ room: RoomName, _ rate: Int) -> Bool {
        uses[.room(room)]?.budget.take(at: .now(), rate: rate, burst: rate) ?? true
    }
}

/// That messages of a channel arrive from here on.
struct ConfirmedChannel: Sendable {
    var channel: BackplaneChannel
    /// What was delivered last of a room with a stream.
    var position: StreamPosition?
}

/// What an exchange says of itself when asked.
struct ExchangeReport: Sendable {
    var state: BackplaneState
    var broadcasts: ByClass<UInt64>
    var malformed: UInt64
    var repaired: UInt64
}

extension Exchange {
    /// - Returns: nil when the loop is shut down, and there is nothing to report.
    func report() async -> ExchangeReport? {
        let report = loop.submit { [self] in
            ExchangeReport(
                state: state, broadcasts: broadcasts, malformed: malformed, repaired: streams?.repairedTotal ?? 0)
        }
        // It fails only when the loop is shut down.
        return try? await report.get()
    }
}
