import Glibc
import NIOCore
import NIOPosix

/// Binds a port and gives each connection on it to a shard, in turn.
struct Listener: Sendable {
    let services: HandshakeServices
    let shards: [LoopShard]

    /// Connections that wait to be accepted: a whole fleet may come back within a second.
    private static let backlog: Int32 = 4_096

    /// - Parameter shared: whether other workers bind the same port.
    /// - Throws: `ListenFailure`.
    func bind(host: String, port: Int, shared: Bool) async throws -> any Channel {
        do {
            return try await bootstrap(shared: shared).bind(host: host, port: port).get()
        } catch {
            throw ListenFailure(host: host, port: port, cause: "\(error)")
        }
    }

    private func bootstrap(shared: Bool) -> ServerBootstrap {
        let loops = shards.map(\.loop)
        var bootstrap = ServerBootstrap(group: loops[0], childGroup: LoopRing(loops))
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Connection.readSize)
            )
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .childChannelInitializer(prepare)
        if shared { bootstrap = bootstrap.serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1) }
        return bootstrap
    }

    private func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard let shard = shards.first(where: { $0.loop === channel.eventLoop }) else {
            return channel.eventLoop.makeFailedFuture(ChannelError.inappropriateOperationForState)
        }
        return channel.eventLoop.makeCompletedFuture {
            let http = HTTPHandlers()
            try channel.pipeline.syncOperations.addHandlers([
                http.encoder, http.decoder, HandshakeHandler(services: services, shard: shard, http: http),
            ])
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
