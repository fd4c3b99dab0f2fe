import FleetModel
import Gateway
import Logging
import Redis

/// All that the flags, the environment and the file come to.
struct GatewayConfiguration: Sendable {
    var fleet: FleetConfiguration
    var logLevel: Logger.Level
    /// What an operator should know of a configuration that is allowed.
    var warnings: [ConfigurationWarning]

    init(_ settings: Settings, policy: GatewayPolicy, machine: Machine) throws {
        fleet = try FleetConfiguration(settings, policy: policy, machine: machine)
        logLevel = try settings.value(.logLevel, .choice) ?? .info
        warnings = ConfigurationWarning.all(settings, fleet.common)
    }
}

extension GatewayConfiguration {
    /// Proves that every certificate and authority that the settings name can be used: where one cannot, each worker
    /// would end at its start, again and again.
    /// - Throws: an error that names the file. Blocks.
    func checkCertificates() throws {
        try fleet.common.tls?.check()
        try fleet.common.adminListener?.check(workers: fleet.workers, node: fleet.common.node)
        try RedisTarget(fleet.common.redis).checkAuthorities()
    }
}

// MARK: - Differences

extension GatewayConfiguration {
    /// What differs in another configuration, by key, in what a reload brings into force and what a restart does.
    func changes(to other: GatewayConfiguration) -> (reloadable: [String], others: [String]) {
        let policy = FileSection<GatewayPolicy>.policy
        let settings = Setting.allCases.filter { value(of: $0) != other.value(of: $0) }
        return (policy.changes(fleet.common.policy, other.fleet.common.policy), settings.map(\.rawValue))
    }

    /// What a setting came to, for a comparison only: it may be a secret.
    private func value(of setting: Setting) -> String {
        let common = fleet.common
        return switch setting {
        case .workers: "\(fleet.workers)"
        case .port: "\(common.sharedPort)"
        case .workerPortBase: "\(fleet.workerPortBase ?? 0)"
        case .host: common.host
        case .runDir: common.runDirectory
        case .auditDir: common.auditDirectory
        case .node: common.node
        case .redis: common.redis.url
        case .sentinel: "\(common.redis.sentinels)"
        case .master: common.redis.master
        case .sentinelCredentials: common.redis.sentinelCredentials ?? ""
        case .redisCA: common.redis.certificateAuthority ?? ""
        case .tlsCert: common.tls?.certificate ?? ""
        case .tlsKey: common.tls?.key ?? ""
        case .adminListen: common.adminListener.map { "\($0.host):\($0.port)" } ?? ""
        case .adminCert: common.adminListener?.files.certificate ?? ""
        case .adminKey: common.adminListener?.files.key ?? ""
        case .clientCA: common.adminListener?.clientAuthority ?? ""
        case .jwtSecretFile: common.authentication.sharedSecret.map { "\($0)" } ?? ""
        case .insecureAnonymous: "\(common.authentication.sharedSecret == nil)"
        case .conformanceEcho: "\(common.conformanceEcho)"
        case .loops: "\(common.loops)"
        case .shutdownDeadline: "\(common.shutdownDeadline)"
        case .watchdog: "\(fleet.watchdog)"
        case .logLevel: logLevel.rawValue
        }
    }
}

extension WorkerConfiguration.Authentication {
    fileprivate var sharedSecret: [UInt8]? {
        switch self {
        case .anonymous: nil
        case .secret(let secret): secret
        }
    }
}
