import Glibc

/// `$XDG_STATE_HOME/gadtop`, or the same under `~/.local/state`: what gadtop keeps of its own accord.
enum StateDirectory {
    /// - Returns: nil where there is no such place; by the XDG base directories, a path that is not absolute is unset.
    static func path(_ environment: [String: String]) -> String? {
        let state = absolute(environment["XDG_STATE_HOME"])
        return (state ?? absolute(environment["HOME"]).map { $0 + "/.local/state" }).map { $0 + "/gadtop" }
    }

    static func absolute(_ path: String?) -> String? { path.flatMap { $0.hasPrefix("/") ? $0 : nil } }

    /// Makes a directory for its owner alone, and those above it that a new account does not have yet.
    /// - Returns: false where one cannot be made; `errno` says why.
    static func make(_ directory: String) -> Bool {
        var path = ""
        return directory.split(separator: "/").allSatisfy { part in
            path += "/\(part)"
            return mkdir(path, 0o700) == 0 || errno == EEXIST
        }
    }
}
