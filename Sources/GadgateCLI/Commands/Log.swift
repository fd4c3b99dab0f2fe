import Logging
import Telemetry

/// Sets up logging for a process: lines on standard error.
enum Log {
    static func start(label: String, level: Logger.Level) -> Logger {
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level) }
        return Logger(label: label)
    }

    static func level(_ settings: Settings) throws -> Logger.Level {
        let allowed = "give one of " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return try settings.value(.logLevel, allowed: allowed) { Logger.Level(rawValue: $0) } ?? .info
    }
}
