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
        if let runtime = absolute(environment["XDG_RUNTIME_DIR"]) { return made("\(runtime)/gadtop") }
        let state = absolute(environment["XDG_STATE_HOME"])
        guard let base = state ?? environment["HOME"].map({ "\($0)/.local/state" }) else { return nil }
        return made("\(base)/gadtop")
    }

    private static func absolute(_ path: String?) -> String? { path.flatMap { $0.hasPrefix("/") ? $0 : nil } }

    private static func made(_ folder: String) -> String? {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { return nil }
        }
        return access(folder, W_OK | X_OK) == 0 ? folder : nil
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
