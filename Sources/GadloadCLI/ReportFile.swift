import ArgumentParser
import Foundation

/// Writes a report to a file.
enum ReportFile {
    static func write(_ text: String, to path: String) throws {
        do {
            try (text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            Output.error("gadload: the report cannot be written to \(path): \(error.localizedDescription)")
            throw ExitStatus.faulty.code
        }
    }
}
