import Gateway
import Logging
import Redis

/// Something about a configuration that is allowed, and that whoever starts it should know.
enum ConfigurationWarning: Sendable, Equatable {
    case anonymous(host: String)
    /// Tokens are taken without TLS from other machines.
    case tokensInClear(host: String)
    case passwordInArguments

    static func all(_ settings: Settings, _ configuration: WorkerConfiguration) -> [ConfigurationWarning] {
        var warnings: [ConfigurationWarning] = []
        switch configuration.authentication {
        case .anonymous: warnings.append(.anonymous(host: configuration.host))
        case .secret:
            if configuration.tls == nil, !Host.isLoopback(configuration.host) {
                warnings.append(.tokensInClear(host: configuration.host))
            }
        }
        // A URL that cannot be read was refused before.
        if let redis = settings.given(.redis), redis.source == .flag, (try? RedisURL(redis.text))?.password != nil {
            warnings.append(.passwordInArguments)
        }
        return warnings
    }

    /// Constant for each kind.
    var words: String {
        switch self {
        case .anonymous: "--insecure-anonymous: everyone on this machine is let in without a token"
        case .tokensInClear:
            "tokens travel in clear unless a proxy before the gateway ends TLS; --tls-cert and --tls-key end it here"
        case .passwordInArguments:
            "everyone on this machine can read the password in --redis; give the URL as GADGATE_REDIS or in the file"
        }
    }

    func log(to logger: Logger) {
        switch self {
        case .anonymous(let host), .tokensInClear(let host):
            logger.warning("\(words)", metadata: ["host": "\(host)"])
        case .passwordInArguments: logger.warning("\(words)")
        }
    }
}
