import FleetModel
import Glibc
import Recording

/// Where a console keeps what it has recorded of its own session while it runs.
enum HistoryFile {
    private static let prefix = "history-"
    private static let suffix = ".gadrec"

    /// - Returns: nil where there is no place that is the user's own.
    static func path(environment: [String: String], pid: pid_t = getpid()) -> String? {
        guard let folder = folder(environment) else { return nil }
        clean(folder)
        return "\(folder)/\(prefix)\(pid)\(suffix)"
    }

    private static func folder(_ environment: [String: String]) -> String? {
        let runtime = StateDirectory.absolute(environment["XDG_RUNTIME_DIR"]).map { $0 + "/gadtop" }
        guard let folder = runtime ?? StateDirectory.path(environment), StateDirectory.make(folder),
            access(folder, W_OK | X_OK) == 0
        else { return nil }
        return folder
    }

    /// Takes away what consoles left that were killed.
    private static func clean(_ folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(prefix), let end = name.firstRange(of: suffix),
                let pid = pid_t(name[name.index(name.startIndex, offsetBy: prefix.count)..<end.lowerBound]), pid > 0,
                kill(pid, 0) != 0, errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }
}
