import NIOCore
import NIOPosix
import NIOSSL

/// Takes plain connections on a port of its own and carries each over TLS to another port, so that clients which speak
/// no TLS can be led against a server that does.
package final class TLSTunnel: Sendable {
    package let port: Int
    private let listener: any Channel

    /// - Parameter authority: the PEM file that the server's certificate is checked against.
    package init(to target: Int, trusting authority: String) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(authority)
        let context = try NIOSSLContext(configuration: configuration)
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { Self.join($0, to: target, context) }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    private static func join(_ client: any Channel, to port: Int, _ context: NIOSSLContext) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop)
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try server.pipeline.syncOperations.addHandlers([tls, Relay(to: client)])
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .flatMapThrowing { try client.pipeline.syncOperations.addHandler(Relay(to: $0)) }
    }
}

/// Hands what one side says to the other, and its end.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
