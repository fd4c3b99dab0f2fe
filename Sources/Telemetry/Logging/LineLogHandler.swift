import FleetModel
import Glibc
import Logging

/// Writes each event as one line on standard error: time, level, label, message, then `key=value` pairs in order.
///
/// What comes from outside reaches a line only through `SafeText`, and tokens in it are redacted.
package struct LineLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level
    private let label: String
    private let write: @Sendable (String) -> Void

    package init(label: String, level: Logger.Level, write: @escaping @Sendable (String) -> Void = Self.standardError) {
        self.label = label
        self.write = write
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let pairs = metadata.merging(event.metadata ?? [:]) { $1 }
        let line = Self.line(
            time: UnixTime.now, level: event.level, label: label, message: "\(event.message)", pairs: pairs)
        write(line)
    }

    static func line(
        time: UnixTime, level: Logger.Level, label: String, message: String, pairs: Logger.Metadata
    ) -> String {
        let head = "\(time) \(level.rawValue) \(label): \(SafeText(message).text)"
        let tail = pairs.sorted { $0.key < $1.key }.map { " \($0.key)=\(shown($0.value))" }.joined()
        return head + tail + "\n"
    }

    /// One call a line, so that lines of several processes on one terminal do not mix.
    @Sendable package static func standardError(_ line: String) {
        var line = line
        // Nobody is left to tell when standard error is gone.
        _ = line.withUTF8 { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func shown(_ value: Logger.MetadataValue) -> String {
        let text = SafeText(Redaction.withoutTokens("\(value)")).text
        let isPlain = !text.isEmpty && !text.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? text : "\"" + escaped(text) + "\""
    }

    /// By scalars: with a mark behind it, a quote is a character of its own.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
    }
}
