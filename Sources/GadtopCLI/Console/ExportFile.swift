import Console
import FleetModel
import FoundationEssentials
import Glibc

/// Writes what the operator exports. A file that is there already is not written over.
enum ExportFile {
    /// - Returns: what came of it, as the console tells it.
    static func write(_ export: Export, environment: [String: String]) -> ConsoleEvent {
        let path = expanded(export.path, environment)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return .notice(.warning, ExportWords.failed(SafeText(path), reason)) }
        defer { close(descriptor) }
        guard FileBytes.write(Array(export.content.utf8), to: descriptor) else {
            return .notice(.warning, ExportWords.failed(SafeText(path), reason))
        }
        return .notice(.fine, ExportWords.written(SafeText(path)))
    }

    private static var reason: SafeText {
        errno == EEXIST ? ExportWords.exists : SafeText(String(cString: strerror(errno)))
    }

    static func expanded(_ path: String, _ environment: [String: String]) -> String {
        guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
        return home + path.dropFirst(1)
    }
}
