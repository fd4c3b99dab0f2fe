/// Everything that is set at the start from outside: as a flag, as an environment variable, and as a key of the file.
enum Setting: String, CaseIterable, Sendable {
    case workers
    case port
    case workerPortBase = "worker_port_base"
    case host
    case runDir = "run_dir"
    case auditDir = "audit_dir"
    case node
    case redis
    case sentinel
    case master
    case sentinelCredentials = "sentinel_credentials"
    case redisCA = "redis_ca"
    case tlsCert = "tls_cert"
    case tlsKey = "tls_key"
    case adminListen = "admin_listen"
    case adminCert = "admin_cert"
    case adminKey = "admin_key"
    case clientCA = "client_ca"
    case jwtSecretFile = "jwt_secret_file"
    case insecureAnonymous = "insecure_anonymous"
    case conformanceEcho = "conformance_echo"
    case loops
    case shutdownDeadline = "shutdown_deadline"
    case watchdog
    case logLevel = "log_level"

    /// Nil for a secret: everyone on the machine can read the arguments of a process.
    var flag: String? {
        switch self {
        case .sentinelCredentials: nil
        case .workers, .port, .workerPortBase, .host, .runDir, .auditDir, .node, .redis, .sentinel, .master, .redisCA,
            .tlsCert, .tlsKey, .adminListen, .adminCert, .adminKey, .clientCA, .jwtSecretFile, .insecureAnonymous,
            .conformanceEcho, .loops, .shutdownDeadline, .watchdog, .logLevel:
            "--" + rawValue.replacing("_", with: "-")
        }
    }

    var environmentName: String { Self.environmentPrefix + rawValue.uppercased() }

    static let environmentPrefix = "GADGATE_"
    /// Names the file; the one variable that is no key of it.
    static let fileVariable = environmentPrefix + "CONFIG"
}

/// Where a value was given.
enum SettingSource: Sendable, Equatable {
    case flag
    case environment
    case file(String, line: Int)

    /// The value's name as it was spelled there, with its place.
    func name(of setting: Setting) -> String {
        switch self {
        case .flag: setting.flag ?? setting.rawValue
        case .environment: "environment variable \(setting.environmentName)"
        case .file(let path, let line): "\(path):\(line): \(setting.rawValue)"
        }
    }
}

/// A value as it was written, and where.
struct GivenValue: Sendable, Equatable {
    var text: String
    var source: SettingSource
}

/// A value or a key that is refused: which, where, and what is allowed.
struct SettingError: Error, Equatable, CustomStringConvertible {
    let description: String
    /// Whether the command line is to be corrected, rather than a file or the environment.
    var isOfFlag = false

    init(_ description: String) {
        self.description = description
    }

    /// - Parameter request: what to give in its place: "give …".
    init(_ setting: Setting, _ given: GivenValue, request: String) {
        description = "\(given.source.name(of: setting)): \"\(given.text)\" is not allowed: \(request)"
        isOfFlag = given.source == .flag
    }
}
