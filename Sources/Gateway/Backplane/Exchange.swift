import FleetModel
import Logging
import NIOCore
import WebSocket

/// Between the backplane and a worker's loops: which channels are needed, and each message once to each loop.
// Sendable: its state is touched on `loop` only; every entry from elsewhere goes through `loop`.
final class Exchange: @unchecked Sendable {
    /// Needed by every client, and so subscribed for as long as the worker lives.
    static let baseChannels: [BackplaneChannel] = [.everyone, .fleet]
    /// How long a channel stays subscribed with nobody left, so that reconnecting clients find it confirmed.
    private static let linger = TimeAmount.seconds(2)

    let loop: any EventLoop
    private let backplane: any Backplane
    private let log: (any CriticalLog)?
    private let breakers: BreakerBoard
    private let wallClock: @Sendable () -> UnixTime
    private var complaints: Complaints
    private var policy: GatewayPolicy
    private var shards: [LoopShard] = []

    private(set) var state = BackplaneState.connecting
    private(set) var broadcasts = ByClass<UInt64>(repeating: 0)
    private(set) var malformed: UInt64 = 0
    private var uses: [BackplaneChannel: Use] = [:]
    private var isSweepScheduled = false
    private var recent = RecentMessages()
    private var sequence: UInt64 = 0

    /// That a channel is subscribed, and for how many loops.
    private struct Use {
        var loops = 0
        var isConfirmed = false
        var unneededSince: NIODeadline?
    }

    init(
        loop: any EventLoop, backplane: any Backplane, log: (any CriticalLog)?, breakers: BreakerBoard,
        policy: GatewayPolicy, logger: Logger,
        wallClock: @escaping @Sendable () -> UnixTime = WallClock.now
    ) {
        self.loop = loop
        self.backplane = backplane
        self.log = log
        self.breakers = breakers
        self.policy = policy
        self.wallClock = wallClock
        complaints = Complaints(logger: logger)
    }

    /// Connects the backplane with the loops; called once, on `loop`.
    func start(_ shards: [LoopShard]) {
        self.shards = shards
        for channel in Self.baseChannels { uses[channel] = Use(loops: shards.count) }
        backplane.start(on: loop) { [self] event in handle(event) }
        backplane.subscribe(Self.baseChannels.map(\.name))
    }

    func stop() -> EventLoopFuture<Void> { backplane.shutdown() }

    /// Brings the policy that holds from here on. From any thread.
    func apply(_ policy: GatewayPolicy) { onLoop { [self] in self.policy = policy } }
}

// MARK: - Channels

extension Exchange {
    /// A loop got its first client for these channels. From any thread.
    func need(_ channels: [BackplaneChannel], by shard: LoopShard) {
        onLoop { [self] in
            backplane.subscribe(channels.filter(addUse).map(\.name))
            let confirmed = channels.filter { uses[$0]?.isConfirmed == true }
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
        for channel in stale { uses[channel] = nil }
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
            tellAll { $0.backplaneConnected() }
        case .lost(let reason):
            state = .lost(reason: reason)
            for channel in uses.keys { uses[channel]?.isConfirmed = false }
            tellAll { $0.backplaneLost() }
        case .confirmed(let name): confirm(name)
        case .message(let name, let payload):
            guard let channel = BackplaneChannel(name: name) else { return }
            deliver(payload, from: channel)
        }
    }

    private func confirm(_ name: String) {
        guard let channel = BackplaneChannel(name: name), uses[channel] != nil else { return }
        uses[channel]?.isConfirmed = true
        tellAll { $0.confirmed([channel]) }
    }

    private func tellAll(_ news: @escaping @Sendable (LoopShard) -> Void) {
        for shard in shards { tell(shard, news) }
    }

    private func tell(_ shard: LoopShard, _ news: @escaping @Sendable (LoopShard) -> Void) {
        if shard.loop.inEventLoop { news(shard) } else { shard.loop.execute { news(shard) } }
    }

    private func onLoop(_ work: @escaping @Sendable () -> Void) {
        if loop.inEventLoop { work() } else { loop.execute(work) }
    }
}

// MARK: - Messages

extension Exchange {
    /// Publishes to all workers, or while the backplane is away to this one's clients. From any thread.
    /// - Returns: whether only this worker's clients could be reached.
    func publish(_ payload: ByteBuffer, to channel: BackplaneChannel) -> EventLoopFuture<Bool> {
        let promise = loop.makePromise(of: Bool.self)
        onLoop { [self] in
            guard case .connected = state else { return deliverHere(payload, channel, promise) }
            backplane.publish(payload, to: channel.name).hop(to: loop).whenComplete { [self] result in
                switch result {
                case .success: promise.succeed(false)
                case .failure: deliverHere(payload, channel, promise)
                }
            }
        }
        return promise.futureResult
    }

    private func deliverHere(_ payload: ByteBuffer, _ channel: BackplaneChannel, _ promise: EventLoopPromise<Bool>) {
        deliver(payload, from: channel)
        promise.succeed(true)
    }

    /// Encodes a message once and hands it to each loop once.
    private func deliver(_ payload: ByteBuffer, from channel: BackplaneChannel) {
        do throws(EnvelopeFault) {
            let delivery = try delivery(of: payload, from: channel)
            broadcasts[delivery.criticality] += 1
            tellAll { $0.deliver(delivery) }
        } catch {
            malformed += 1
            complaints.malformed(error, channel, total: malformed)
        }
    }

    private func delivery(of payload: ByteBuffer, from channel: BackplaneChannel) throws(EnvelopeFault) -> Delivery {
        guard payload.withUnsafeReadableBytes(UTF8Validator.isValid) else { throw .notUTF8 }
        let header = try EnvelopeHeader(payload)
        let audience = try Audience(channel: channel, header: header)
        let criticality = Audience.criticality(channel: channel, header: header, policy.rules)
        sequence += 1
        return Delivery(
            frame: FrameEncoder.frame(.text, payload), audience: audience,
            served: header.messageID.map { recent.serve($0, audience, sequence: sequence) } ?? [],
            sequence: sequence, criticality: criticality, publishedAt: .now() - age(header.timestamp),
            coalesceKey: policy.classes[criticality].drop == .coalesce
                ? CoalesceKey.key(of: payload, header, audience) : nil)
    }

    /// How long ago a message was published, by its own word where that can be: clocks differ.
    private func age(_ timestamp: UnixTime?) -> TimeAmount {
        guard let age = timestamp?.duration(to: wallClock()), (.zero...Self.maximumAge).contains(age) else {
            return .zero
        }
        return TimeAmount(age)
    }

    private static let maximumAge = Duration.seconds(60)
}

/// Says what is wrong with messages, once a while: a broken publisher must not fill the log.
private struct Complaints {
    private static let interval = TimeAmount.seconds(10)

    let logger: Logger
    private var quietUntil = NIODeadline.uptimeNanoseconds(0)

    init(logger: Logger) {
        self.logger = logger
    }

    mutating func malformed(_ fault: EnvelopeFault, _ channel: BackplaneChannel, total: UInt64) {
        guard NIODeadline.now() >= quietUntil else { return }
        quietUntil = .now() + Self.interval
        logger.warning(
            "a message from Redis was not an envelope and reached nobody; look for its publisher",
            metadata: ["channel": "\(channel.name)", "fault": "\(fault)", "malformed_total": "\(total)"])
    }
}
