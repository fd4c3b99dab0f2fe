import FleetModel
import Glibc

/// The admin sockets that workers of one node left behind: whoever looks for workers would find ghosts.
struct DeadSockets {
    let directory: String
    let node: String

    /// Removes the sockets of this user and this node on which nobody listens; what cannot be removed stays.
    func remove() {
        for name in names() {
            let path = "\(directory)/\(name)"
            if isOurs(path), refuses(path) { unlink(path) }
        }
    }

    /// `NODE-wN.sock`.
    private func names() -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX)) { String(cString: $0) }
            }
            if isWorker(name) { names.append(name) }
        }
        return names
    }

    func isWorker(_ name: String) -> Bool {
        let (prefix, suffix) = ("\(node)-w", ".sock")
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return false }
        let index = name.dropFirst(prefix.count).dropLast(suffix.count)
        return !index.isEmpty && index.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private func isOurs(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFSOCK && status.st_uid == geteuid()
    }

    /// Not so a worker that is too busy to accept: its socket is listened on.
    private func refuses(_ path: String) -> Bool {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un(path: path)
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, length) != 0 && errno == ECONNREFUSED
            }
        }
    }
}
