import FleetModel
import FoundationEssentials

/// Where reports are kept that nobody named a file for: `$XDG_STATE_HOME/gadtop/drills`, or the same under
/// `~/.local/state`.
enum ReportDirectory {
    /// A file for a drill that begins now; its directory is made.
    /// - Throws: `CommandFailure` where there is no place for it.
    static func file(
        at now: UnixTime, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String {
        let directory = try path(environment)
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .failed, "no place for the report, nothing was done: \(SafeText(directory)) cannot be made: \(error)")
        }
        let stamp = "\(now)".filter { $0.isLetter || $0.isNumber }
        return directory + "/drill-\(stamp).md"
    }

    private static func path(_ environment: [String: String]) throws -> String {
        guard let state = StateDirectory.path(environment) else {
            throw CommandFailure(
                .failed, "no place for the report, nothing was done: neither XDG_STATE_HOME nor HOME is set")
        }
        return state + "/drills"
    }
}
