import NIOCore
import NIOHTTP1
import Synchronization

/// What every handshake of a worker needs.
final class HandshakeServices: Sendable {
    let configuration: DataPlaneConfiguration
    let authenticator: Authenticator
    let routes: PlainRoutes
    private let refusing = Atomic(false)
    private let heldPolicy: Mutex<GatewayPolicy>

    init(configuration: DataPlaneConfiguration, authenticator: Authenticator, routes: @escaping PlainRoutes) {
        self.configuration = configuration
        self.authenticator = authenticator
        self.routes = routes
        heldPolicy = Mutex(configuration.policy)
    }

    var policy: GatewayPolicy { heldPolicy.withLock { $0 } }

    func apply(_ policy: GatewayPolicy) { heldPolicy.withLock { $0 = policy } }

    /// Whether upgrades are answered with 503.
    var isRefusing: Bool {
        get { refusing.load(ordering: .relaxed) }
        set { refusing.store(newValue, ordering: .relaxed) }
    }
}

/// The HTTP codec of a connection that is not upgraded yet.
struct HTTPHandlers {
    let encoder = HTTPResponseEncoder()
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>

    /// Of the request line and of each header field; a token is the longest thing expected.
    private static let maximumFieldSize = 8 * 1_024
    private static let maximumHeaderSize = 16 * 1_024
    private static let maximumFieldCount = 64

    init() {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = Self.maximumFieldSize
        limits.maxHeaderListSize = Self.maximumHeaderSize
        limits.maxHeaderFieldCount = Self.maximumFieldCount
        decoder = ByteToMessageHandler(
            HTTPRequestDecoder(
                leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop,
                limitConfiguration: limits))
    }
}
