import Logging

extension Logger {
    /// For tests whose subject is not what is logged.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
