import Logging
import Telemetry

/// Sets up logging for a process: lines on standard error.
enum Log {
    static func start(label: String, level: Logger.Level) -> Logger {
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level) }
        return Logger(label: label)
    }
}
