import FleetModel

/// Everything one worker is told at its start, by its supervisor, as one line of JSON on its standard input.
///
/// It travels there because arguments and environment can be read by others, and it holds the secret.
package struct WorkerConfiguration: Sendable, Equatable, Codable {
    package enum Authentication: Sendable, Equatable, Codable {
        case anonymous
        /// The HS256 secret of the tokens.
        case secret([UInt8])
    }

    package var worker: WorkerID
    package var node: String
    package var host: String
    package var sharedPort: Int
    /// 0 takes a free one.
    package var workerPort: Int
    package var runDirectory: String
    /// Of the worker's own audit file.
    package var auditDirectory: String
    package var authentication: Authentication
    package var redis: RedisSettings
    package var tls: TLSFiles?
    /// nil for an admin API on its unix socket only.
    package var adminListener: AdminListener?
    package var conformanceEcho: Bool
    package var policy: GatewayPolicy
    /// Event loops that serve clients, a thread each.
    package var loops: Int
    /// How long a stopping worker may take to close its connections; zero closes them at once.
    @InSeconds package var shutdownDeadline: Duration

    package init(
        worker: WorkerID, node: String, host: String, sharedPort: Int, workerPort: Int, runDirectory: String,
        auditDirectory: String, authentication: Authentication, redis: RedisSettings, tls: TLSFiles?,
        adminListener: AdminListener?, conformanceEcho: Bool,
        policy: GatewayPolicy,
        loops: Int, shutdownDeadline: Duration
    ) {
        self.worker = worker
        self.node = node
        self.host = host
        self.sharedPort = sharedPort
        self.workerPort = workerPort
        self.runDirectory = runDirectory
        self.auditDirectory = auditDirectory
        self.authentication = authentication
        self.redis = redis
        self.tls = tls
        self.adminListener = adminListener
        self.conformanceEcho = conformanceEcho
        self.policy = policy
        self.loops = loops
        _shutdownDeadline = InSeconds(wrappedValue: shutdownDeadline)
    }
}

extension DataPlaneConfiguration {
    init(_ configuration: WorkerConfiguration) {
        let authentication: Authentication =
            switch configuration.authentication {
            case .anonymous: .anonymous
            case .secret(let secret): .secret(secret)
            }
        self.init(
            worker: configuration.worker, sharedPort: configuration.sharedPort, workerPort: configuration.workerPort,
            authentication: authentication)
        host = configuration.host
        conformanceEcho = configuration.conformanceEcho
        policy = configuration.policy
        tls = configuration.tls
    }
}
