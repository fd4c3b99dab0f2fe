/// Everything that can be set from outside: as a flag, as an environment variable, and as a key of the file.
enum Setting: String, CaseIterable, Sendable {
    case workers
    case port
    case workerPortBase = "worker_port_base"
    case host
    case runDir = "run_dir"
    case redis
    case jwtSecretFile = "jwt_secret_file"
    case insecureAnonymous = "insecure_anonymous"
    case conformanceEcho = "conformance_echo"
    case node
    case heartbeatInterval = "heartbeat_interval"
    case heartbeatTimeout = "heartbeat_timeout"
    case publishRoles = "publish_roles"
    case loops
    case shutdownDeadline = "shutdown_deadline"
    case queueBound = "queue_bound"
    case logLevel = "log_level"

    var flag: String { "--" + rawValue.replacing("_", with: "-") }
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
        case .flag: setting.flag
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

    init(_ description: String) {
        self.description = description
    }

    init(_ setting: Setting, _ given: GivenValue, allowed: String) {
        description = "\(given.source.name(of: setting)): \"\(given.text)\" is not allowed: \(allowed)"
    }
}
