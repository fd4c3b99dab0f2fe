import FleetModel
import NIOCore
import NIOHTTP1
import Synchronization

/// What every handshake of a worker needs.
final class HandshakeServices: Sendable {
    let configuration: DataPlaneConfiguration
    let authenticator: Authenticator
    /// nil where the ports speak plain HTTP.
    let tls: ServerTLS?
    let routes: PlainRoutes
    private let refusing = Atomic(false)
    private let storming = Atomic(false)
    private let heldPolicy: Mutex<GatewayPolicy>
    private let connects = Mutex(TokenBucket())

    init(
        configuration: DataPlaneConfiguration, authenticator: Authenticator, tls: ServerTLS?,
        routes: @escaping PlainRoutes
    ) {
        self.configuration = configuration
        self.authenticator = authenticator
        self.tls = tls
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

    /// Whether clients come so fast that those who are sent away must come back spread out.
    var isStorming: Bool {
        get { storming.load(ordering: .relaxed) }
        set { storming.store(newValue, ordering: .relaxed) }
    }

    /// Whether one more client may begin to authenticate now; all loops of the worker share the rate.
    func admits(_ limits: ClientLimits, at now: NIODeadline) -> Bool {
        connects.withLock { $0.take(at: now, rate: limits.connectsPerSecond, burst: limits.connectBurst) }
    }

    /// Seconds after which a refused client may try again: each another, so that they do not all return at once.
    func retryAfter(_ policy: GatewayPolicy) -> Int {
        let spread = isStorming ? max(policy.storms.spread, Self.calmSpread) : Self.calmSpread
        return Int.random(in: 1...max(1, Int(spread.inSeconds)))
    }

    /// Without a storm another worker answers, or this one in a moment.
    private static let calmSpread: Duration = .seconds(3)
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
