import FleetModel
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// HTTP behind mutual TLS.
struct AdminTLSChannel: ServerChildChannel {
    let base: HTTP1Channel
    let tls: AdminTLS
    let refusals: RefusalLog

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers(try tls.handler(), RefusalHandler(refusals))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// Tells the log of clients whose TLS was refused, not more often than somebody reads.
final class RefusalLog: Sendable {
    private let logger: Logger
    private let budget = Mutex(TokenBucket())

    private static let perSecond = 1
    private static let burst = 20

    init(_ logger: Logger) {
        self.logger = logger
    }

    func refused(_ address: SocketAddress?, _ error: any Error) {
        guard budget.withLock({ $0.take(at: .now(), rate: Self.perSecond, burst: Self.burst) }) else { return }
        logger.warning(
            "an admin client was refused: its certificate is missing, expired, or not signed by the client authority",
            metadata: [
                "from": "\(address?.description ?? "unknown")", "error": "\(SafeText(String(describing: error)).text)",
            ])
    }
}

/// Hears why a handshake failed, and ends the connection.
private final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let log: RefusalLog

    init(_ log: RefusalLog) {
        self.log = log
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is NIOSSLError || error is BoringSSLError else {
            context.fireErrorCaught(error)
            return
        }
        if case NIOSSLError.uncleanShutdown = error {
            // The client went away without a goodbye, as many do.
        } else {
            log.refused(context.remoteAddress, error)
        }
        context.close(promise: nil)
    }
}
