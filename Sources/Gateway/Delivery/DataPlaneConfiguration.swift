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
    /// Roles whose clients may publish; without authentication every client may.
    package var publishRoles: Set<String> = ["ADMIN"]
    /// Serves `/ws/echo`, for the conformance suite.
    package var conformanceEcho = false

    /// A client that was silent this long is sent a ping.
    package var heartbeatInterval: Duration = .seconds(30)
    /// A pinged client that stays silent this long is closed with 3012.
    package var heartbeatTimeout: Duration = .seconds(10)
    /// From accepting a connection to the end of its handshake.
    package var handshakeTimeout: Duration = .seconds(10)
    /// How long the peer may take to answer our close frame before the connection is cut.
    package var closeTimeout: Duration = .seconds(5)
    /// How long `subscribed` waits for Redis before it is sent as degraded.
    package var confirmationTimeout: Duration = .seconds(5)

    /// Of one client message, all its fragments together; more is closed with 1009.
    package var maximumMessageSize: ByteCount = .kibibytes(256)
    /// Bytes that may wait for one client. Broadcasts beyond it are dropped for that client and counted; pongs and
    /// closes are exempt. The default holds two seconds of 500 messages/s of 1 KiB, so that a burst within one tick
    /// never drops while the socket is fine.
    package var queueBound: ByteCount = .mebibytes(1)
    package var maximumRoomsPerConnection = 256
    /// After a token's end, for the client to come back with a fresh one before it is closed with 3005.
    package var expiryGrace: Duration = .seconds(25)
    /// Messages a client may send a second, over `inboundBurst` at once; beyond is an error and then close 1008. Each
    /// room of a subscription counts as one.
    package var inboundRate = 2_000
    package var inboundBurst = 4_000

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
    }
}
