import Glibc
import NIOCore
import NIOPosix

/// Binds a port once for each loop, so that the kernel spreads connections over them.
struct Listener: Sendable {
    let services: HandshakeServices
    let shards: [LoopShard]

    /// Connections that wait to be accepted: a whole fleet may come back within a second.
    private static let backlog: Int32 = 4_096

    /// TCP_NOTSENT_LOWAT (tcp(7), linux/tcp.h), which Glibc's headers lack.
    private static let notSentLowWaterMark = NIOBSDSocket.Option(rawValue: 25)
    /// Bytes of one client that the kernel takes beyond what is on its way: what it has, nothing can go ahead of, and
    /// it is memory too. About what the channel itself buffers.
    private static let unsentBytes = 64 * 1_024

    /// Binds a port that other workers bind as well.
    /// - Throws: `ListenFailure`.
    func bindShared(host: String, port: Int) async throws -> BoundPort {
        try await bindEach(host: host, port: port)
    }

    /// Binds a port of this worker's own.
    /// - Throws: `ListenFailure`, also where another process shares the port.
    func bindOwn(host: String, port: Int) async throws -> BoundPort {
        let sole = BoundPort(listeners: [try await bind(shards[0], host: host, port: port, shared: false)])
        guard shards.count > 1 else { return sole }
        // Several listeners of ours need SO_REUSEPORT, which would join in with a stranger's; the port is known to be
        // free of those.
        await sole.close()
        return try await bindEach(host: host, port: sole.port)
    }

    private func bindEach(host: String, port: Int) async throws -> BoundPort {
        var bound = BoundPort(listeners: [])
        do {
            for shard in shards {
                let port = bound.listeners.isEmpty ? port : bound.port
                bound.listeners.append(try await bind(shard, host: host, port: port, shared: true))
            }
        } catch {
            await bound.close()
            throw error
        }
        return bound
    }

    private func bind(_ shard: LoopShard, host: String, port: Int, shared: Bool) async throws -> any Channel {
        do {
            return try await bootstrap(shard, shared: shared).bind(host: host, port: port).get()
        } catch {
            throw ListenFailure(host: host, port: port, cause: "\(error)")
        }
    }

    private func bootstrap(_ shard: LoopShard, shared: Bool) -> ServerBootstrap {
        let bootstrap = ServerBootstrap(group: shard.loop)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.tcpOption(Self.notSentLowWaterMark), value: Self.unsentBytes)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FreshReads(capacity: Connection.readSize, isFirst: true))
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .childChannelInitializer { prepare($0, shard) }
        guard shared else { return bootstrap }
        return bootstrap.serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1)
    }

    private func prepare(_ channel: any Channel, _ shard: LoopShard) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let http = HTTPHandlers()
            if let tls = services.tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
            try channel.pipeline.syncOperations.addHandlers([
                http.encoder, http.decoder, HandshakeHandler(services: services, shard: shard, http: http),
            ])
        }
    }
}

/// A port as bound, by one listener for each loop.
struct BoundPort: Sendable {
    fileprivate(set) var listeners: [any Channel]

    var port: Int { listeners.first?.localAddress?.port ?? 0 }

    func close() async {
        for listener in listeners {
            // It fails only when the listener is closed already.
            try? await listener.close().get()
        }
    }
}

/// A port could not be bound.
package struct ListenFailure: Error, Equatable, CustomStringConvertible {
    package var host: String
    package var port: Int
    package var cause: String

    package var description: String {
        "cannot listen on \(host):\(port): \(cause); end whatever holds the port, or choose another"
    }
}

/// Stops accepting for a moment when the process has no file descriptor left, instead of trying again at once.
private final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel
    private static let pause = TimeAmount.milliseconds(500)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        setAccepting(false, context)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in setAccepting(true, context) }
    }

    private func setAccepting(_ accepting: Bool, _ context: ChannelHandlerContext) {
        // It fails on a closed listener only, which accepts nothing anyway.
        try? context.channel.syncOptions?.setOption(.autoRead, value: accepting)
    }
}
