import AdminAPI
import FleetModel
import Glibc

/// A gateway's run directory: each `NAME.sock` in it is the admin socket of worker NAME.
package struct SocketDirectory: Sendable {
    package let path: String
    private var seen: Stamp?

    /// More sockets than any gateway has workers: a directory of something else does not fill memory.
    package static let maximumWorkers = 4096

    private static let suffix = ".sock"

    private struct Stamp: Equatable {
        let seconds: Int
        let nanoseconds: Int
        let inode: UInt
    }

    package init(_ path: String) {
        self.path = path
    }

    /// What is there, in the order of the names; nil when the directory cannot be read.
    package func endpoints() -> [AdminEndpoint]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var found: [AdminEndpoint] = []
        while found.count < Self.maximumWorkers, let entry = readdir(directory) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(Self.suffix), name.count > Self.suffix.count else { continue }
            let worker = WorkerID(String(name.dropLast(Self.suffix.count)))
            found.append(AdminEndpoint(worker: worker, socketPath: path + "/" + name))
        }
        return found.sorted { $0.worker < $1.worker }
    }

    /// As `endpoints()`, for asking again and again.
    /// - Returns: nil when nothing was added or removed since the last call. A directory that is gone holds nothing.
    mutating func changedEndpoints() -> [AdminEndpoint]? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            defer { seen = nil }
            return seen == nil ? nil : []
        }
        let stamp = Stamp(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, inode: UInt(status.st_ino))
        guard stamp != seen else { return nil }
        seen = stamp
        return endpoints() ?? []
    }
}
