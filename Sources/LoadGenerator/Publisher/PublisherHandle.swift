import FleetModel
import Logging
import NIOCore
import NIOPosix

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
                let sink = Self.sink(options, token: token, loop: loop, logger: logger)
                let publisher = sink.map {
                    Publisher(
                        rooms: options.rooms, rate: options.publishRate, size: options.messageSize, run: run, sink: $0,
                        loop: loop)
                }
                let bound = NIOLoopBound(publisher, eventLoop: loop)
                return (sink?.start() ?? loop.makeSucceededVoidFuture()).map { bound }
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

    private static func sink(
        _ options: LoadOptions, token: String?, loop: any EventLoop, logger: Logger
    ) -> (any PublishSink)? {
        switch options.publishing {
        case .nothing: nil
        case .redis(let url): RedisSink(url: url, loop: loop, logger: logger)
        case .webSocket: WebSocketSink(target: options.targets[0], token: token, loop: loop)
        }
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
