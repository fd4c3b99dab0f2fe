import AdminAPI
import Glibc

/// Why an exchange with a worker came to nothing.
package enum TransferFailure: Error, Sendable, Equatable {
    /// Nobody listens on the socket: the process died without removing it.
    case refused
    case noSocket
    case denied(group: String?)
    case pathTooLong
    /// Connected, but no answer within the time given.
    case timedOut
    /// Given up, since nearly all other workers had answered long before.
    case late
    case closed
    /// The certificate of whoever answers is not the worker's, or ours is refused there; in words.
    case untrusted(String)
    case notHTTP
    /// More bytes than anything of ours answers with.
    case tooLarge
    /// A stream of samples held something else.
    case notSamples(String)
    /// Connected once, and not heard of since; the connection stands.
    case silent
    /// An HTTP status that is no success, and what the worker said of it.
    case status(Int, AdminError?)
    case undecodable
    case other(String)

    /// What happened and why, for an operator to act on.
    package var reason: String {
        switch self {
        case .refused: "connection refused: worker is not running"
        case .noSocket: "no socket: worker is not running"
        case .denied(let group?): "permission denied: join group \(group)"
        case .denied(nil): "permission denied: ask for access to the run directory"
        case .pathTooLong:
            "the socket's path is longer than \(maximumUnixPathLength - 1) bytes: use a shorter run directory"
        case .timedOut: "no answer within 2 s: the process may hang"
        case .late: "no answer when nearly all others had answered: the process may hang"
        case .closed: "connection closed by the worker"
        case .untrusted(let words): words
        case .notHTTP: "something other than gadgate answers on the socket"
        case .tooLarge: "the answer is larger than any of gadgate's: is it gadgate?"
        case .notSamples(let what): "not a stream of samples (\(what)): are gadtop and gadgate of one version?"
        case .silent: "no sample for over 3 s: the process may hang"
        case .status(_, let error?): error.message
        case .status(let code, nil): "answered \(code): are gadtop and gadgate of one version?"
        case .undecodable: "an answer that cannot be read: are gadtop and gadgate of one version?"
        case .other(let text): text
        }
    }

    /// Whether the worker was not reached at all, as opposed to having answered something unwanted.
    package var isUnreachable: Bool {
        switch self {
        case .refused, .noSocket, .pathTooLong, .timedOut, .late, .closed, .silent, .other: true
        case .denied, .untrusted, .notHTTP, .tooLarge, .notSamples, .status, .undecodable: false
        }
    }

    static func connecting(errno code: Int32, socketPath: String) -> Self {
        switch code {
        case ECONNREFUSED: .refused
        case ENOENT, ENOTDIR: .noSocket
        case EACCES, EPERM: .denied(group: owningGroup(of: socketPath))
        default: .other("cannot connect: " + String(cString: strerror(code)))
        }
    }

    /// The group that may use the socket; of its directory where the socket itself cannot be seen.
    private static func owningGroup(of path: String) -> String? {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var status = stat()
        guard stat(path, &status) == 0 || stat(directory, &status) == 0 else { return nil }
        return groupName(status.st_gid)
    }

    private static func groupName(_ id: gid_t) -> String {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            let code = getgrgid_r(id, &entry, buffer.baseAddress, buffer.count, &found)
            guard code == 0, let name = found?.pointee.gr_name else { return String(id) }
            return String(cString: name)
        }
    }
}
