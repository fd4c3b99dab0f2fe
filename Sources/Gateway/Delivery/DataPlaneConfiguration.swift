import FleetModel

/// What a worker's data plane is told at its start; everything but the worker's name and ports has a default.
package struct DataPlaneConfiguration: Sendable {
    package var worker: WorkerID
    /// The address both ports are bound to.
    package var host = "127.0.0.1"
    /// Shared by all workers through SO_REUSEPORT; 0 takes a free one.
    package var sharedPort: Int
    /// This worker's own; 0 takes a free one.
    package var workerPort: Int
    package var authentication: Authentication
    /// Serves `/ws/echo`, for the conformance suite.
    package var conformanceEcho = false

    /// What holds at the start; `DataPlane.apply` brings another.
    package var policy = GatewayPolicy()
    /// Serves over TLS where set.
    package var tls: TLSFiles?
    /// How long the peer may take to answer our close frame before the connection is cut.
    package var closeTimeout: Duration = .seconds(5)
    /// How long `subscribed` waits for Redis before it is sent as degraded.
    package var confirmationTimeout: Duration = .seconds(5)

    package init(worker: WorkerID, sharedPort: Int, workerPort: Int = 0, authentication: Authentication) {
        self.worker = worker
        self.sharedPort = sharedPort
        self.workerPort = workerPort
        self.authentication = authentication
    }

    /// Who is let in.
    package enum Authentication: Sendable {
        /// Everyone, for development; tokens are not looked at.
        case anonymous
        /// Bearers of a JWT signed with this HS256 secret; others only where `allowAnonymous` is set.
        case secret([UInt8], allowAnonymous: Bool = false)

        /// Whether the access rules hold: where everyone is let in, everyone may everything.
        var isRequired: Bool {
            switch self {
            case .anonymous, .secret(_, allowAnonymous: true): false
            case .secret: true
            }
        }
    }
}
