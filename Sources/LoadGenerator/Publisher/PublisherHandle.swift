import FleetModel
import Logging
import NIOCore
import NIOPosix
import Redis

/// Reaches the publisher from outside its event loop; also stands for the lack of one.
struct PublisherHandle: Sendable {
    private let loop: any EventLoop
    private let publisher: NIOLoopBound<Publisher?>
    private let roomCount: Int

    /// The role whose clients a gateway lets publish, unless it is told otherwise.
    static let publishingRole = "ADMIN"

    /// Connects to what is published through.
    /// - Throws: `LoadRefusal` when that cannot be reached.
    init(_ options: LoadOptions, run: RunID, mint: any TokenMint, logger: Logger) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let token = try await Self.token(for: options, mint: mint)
        self.loop = loop
        roomCount = options.rooms.count
        do {
            publisher = try await loop.flatSubmit {
                do {
                    let lanes = try Self.lanes(options, token: token, loop: loop, logger: logger)
                    let publisher =
                        lanes.isEmpty
                        ? nil
                        : Publisher(
                            rooms: options.rooms, lanes: lanes, size: options.messageSize, run: run, loop: loop)
                    let bound = NIOLoopBound(publisher, eventLoop: loop)
                    return EventLoopFuture.andAllSucceed(lanes.sinks.map { $0.start() }, on: loop).map { bound }
                } catch {
                    return loop.makeFailedFuture(error)
                }
            }.get()
        } catch {
            throw LoadRefusal.unpublishable("\(error)")
        }
    }

    /// Messages published so far.
    var published: UInt64 {
        get async throws { try await loop.submit { publisher.value?.published ?? 0 }.get() }
    }

    func begin() async throws { try await loop.submit { publisher.value?.begin() }.get() }

    func end() async throws -> Publisher.Outcome {
        try await loop.flatSubmit {
            publisher.value?.end()
                ?? loop.makeSucceededFuture(Publisher.Outcome(log: PublishLog(rooms: roomCount)))
        }.get()
    }

    /// The critical rooms have a lane of their own where they have a rate or a way of their own.
    private static func lanes(
        _ options: LoadOptions, token: String?, loop: any EventLoop, logger: Logger
    ) throws -> [Publisher.Lane] {
        let classes = options.classes
        let critical = options.rooms.indices.filter { classes[$0] == .critical }
        let others = options.rooms.indices.filter { classes[$0] != .critical }
        let topology = try topology(options, loop: loop, logger: logger)
        guard let sink = try sink(options, topology, token: token, loop: loop, logger: logger) else { return [] }
        let stream = streamSink(options, topology, loop: loop, logger: logger)
        guard options.criticalRate != nil || stream != nil else {
            return [Publisher.Lane(rooms: Array(options.rooms.indices), rate: options.publishRate, sink: sink)]
        }
        let share = options.publishRate * Double(critical.count) / Double(options.rooms.count)
        return [
            Publisher.Lane(
                rooms: others, rate: options.criticalRate == nil ? options.publishRate - share : options.publishRate,
                sink: sink),
            Publisher.Lane(rooms: critical, rate: options.criticalRate ?? share, sink: stream ?? sink),
        ].filter { !$0.rooms.isEmpty }
    }

    /// - Throws: what makes the settings unusable.
    private static func topology(
        _ options: LoadOptions, loop: any EventLoop, logger: Logger
    ) throws -> RedisTopology? {
        guard case .redis(let target) = options.publishing else { return nil }
        let topology = RedisTopology(target, name: "gadload", logger: logger, eventLoop: loop)
        try topology.validate()
        return topology
    }

    private static func sink(
        _ options: LoadOptions, _ topology: RedisTopology?, token: String?, loop: any EventLoop, logger: Logger
    ) throws -> (any PublishSink)? {
        let target = options.publishTarget ?? options.targets[0]
        return switch options.publishing {
        case .nothing: nil
        case .redis: topology.map { RedisSink(topology: $0, loop: loop, logger: logger) }
        case .webSocket where options.dialect == .gad:
            try WebSocketSink(
                target: target, token: token, certificateAuthority: options.certificateAuthority, loop: loop)
        case .webSocket:
            try PeerSink(
                options.dialect, target: target, certificateAuthority: options.certificateAuthority, loop: loop)
        }
    }

    private static func streamSink(
        _ options: LoadOptions, _ topology: RedisTopology?, loop: any EventLoop, logger: Logger
    ) -> (any PublishSink)? {
        guard let topology, options.dialect == .gad, options.usesStreams else { return nil }
        let streams = RedisStreams(topology: topology, name: "gadload", logger: logger, eventLoop: loop)
        return StreamSink(streams: streams, loop: loop)
    }

    private static func token(for options: LoadOptions, mint: any TokenMint) async throws -> String? {
        guard case .webSocket = options.publishing else { return nil }
        switch options.token {
        case .none: return nil
        case .fixed(let token): return token
        case .minted(let file, role: _):
            let source = TokenSource.minted(secretFile: file, role: publishingRole)
            return try await mint.tokens(for: options.clients..<(options.clients + 1), source: source)?.first
        }
    }
}
