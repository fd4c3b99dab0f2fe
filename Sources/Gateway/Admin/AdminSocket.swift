import FleetModel
import Glibc
import Telemetry

/// The files of the admin API: one directory a fleet, one unix socket a worker in it.
package struct AdminSocket: Sendable {
    package let directory: String
    package let worker: WorkerID

    package init(directory: String, worker: WorkerID) {
        self.directory = directory
        self.worker = worker
    }

    package var path: String { "\(directory)/\(worker).sock" }

    /// unix(7): `sun_path` has 108 bytes, the last of which is a zero.
    private static let longestPath = 107
    private static let directoryMode: mode_t = 0o750

    /// Makes the directory where it is missing, and checks that this worker's socket can be bound in it.
    ///
    /// A socket that nobody listens on is left from a worker that was killed; binding replaces it.
    package func prepare() throws(AdminSocketFailure) {
        guard path.utf8.count <= Self.longestPath else { throw .pathTooLong(path) }
        try Self.makeDirectory(directory)
        guard !isLive else { throw .inUse(path) }
    }

    /// Whether a process accepts connections at the path.
    private var isLive: Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un(path: path)
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) == 0 }
        }
    }

    private static func makeDirectory(_ path: String) throws(AdminSocketFailure) {
        if mkdir(path, directoryMode) == 0 {
            // mkdir(2) takes the umask off the mode.
            guard chmod(path, directoryMode) == 0 else { throw .directory(path, SystemError(code: errno).description) }
            return
        }
        let error = SystemError(code: errno)
        switch error.code {
        case EEXIST: try checkDirectory(path)
        case ENOENT where path.contains("/") && path != "/":
            try makeDirectory(parent(of: path))
            try makeDirectory(path)
        default: throw .directory(path, error.description)
        }
    }

    /// Whoever else can write in the directory could put a socket of their own in a worker's place.
    private static func checkDirectory(_ path: String) throws(AdminSocketFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .directory(path, SystemError(code: errno).description) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .directory(path, "it is not a directory") }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .unsafeDirectory(path, "it belongs to another user")
        }
        guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw .unsafeDirectory(path, "others than its owner can write in it")
        }
    }

    private static func parent(of path: String) -> String {
        let head = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return head.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : head
    }
}
