import AdminAPI
import FleetModel
import Glibc

/// A gateway's run directory: each `NAME.sock` in it is the admin socket of worker NAME.
package struct SocketDirectory: Sendable {
    package let path: String
    private var seen: Stamp?
    /// `seen` was so young that a later change may bear the same stamp.
    private var isYoung = false
    private var known: [AdminEndpoint] = []
    /// The last look failed.
    private var isUnreadable = false

    /// More sockets than any gateway has workers: a directory of something else does not fill memory.
    package static let maximumWorkers = 4096

    private static let suffix = ".sock"

    private struct Stamp: Equatable {
        let seconds: Int
        let nanoseconds: Int
        let inode: UInt

        init(_ status: stat) {
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            inode = UInt(status.st_ino)
        }
    }

    /// What is new in a directory that is looked at again and again.
    enum Change: Equatable {
        case none
        case endpoints([AdminEndpoint])
        /// It is there and cannot be read; why, and what to do.
        case unreadable(String)
    }

    /// The kernel stamps a change with the time of its last tick; in seconds, far longer than one.
    private static let stampGrain = 1

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

    /// As `endpoints()`, for asking again and again. A directory that is gone holds nothing; of one that cannot be read
    /// nothing is known.
    /// - Parameter now: the wall clock, in seconds.
    mutating func look(now: Int) -> Change {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == ENOENT ? gone() : unreadable(errno) }
        let stamp = Stamp(status)
        guard stamp != seen || isYoung else { return .none }
        guard let found = endpoints() else { return unreadable(errno) }
        defer { (seen, known, isUnreadable) = (stamp, found, false) }
        isYoung = stamp.seconds + Self.stampGrain >= now
        return stamp != seen || found != known ? .endpoints(found) : .none
    }

    private mutating func gone() -> Change {
        defer { (seen, isYoung, known, isUnreadable) = (nil, false, [], false) }
        return seen == nil && !isUnreadable ? .none : .endpoints([])
    }

    private mutating func unreadable(_ error: Int32) -> Change {
        (seen, isUnreadable) = (nil, true)
        let words = String(cString: strerror(error))
        return .unreadable("the run directory \(path) cannot be read (\(words)): run gadtop as a user who may")
    }
}
