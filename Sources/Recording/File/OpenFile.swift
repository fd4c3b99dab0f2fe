import FleetModel
import Glibc

/// An open regular file, closed with the last reference to it.
final class OpenFile: Sendable {
    let path: String
    private let descriptor: Int32

    enum Access {
        case read
        /// Creates the file where it is missing; nobody else may have it open so.
        case append
        /// The file must not be there yet.
        case create
    }

    init(_ path: String, for access: Access) throws(RecordingFailure) {
        self.path = path
        descriptor = open(path, access.flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .system("open", path: path, code: errno) }
        guard try status().st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard access != .read else { return }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .inUse(path: path) : .system("lock", path: path, code: errno)
        }
    }

    deinit { close(descriptor) }

    /// Keeps everybody else from it: an older file may let others in, and the process's mask may keep its owner out.
    func protect() throws(RecordingFailure) {
        guard fchmod(descriptor, 0o600) == 0 else { throw .system("protect", path: path, code: errno) }
    }

    func size() throws(RecordingFailure) -> Int64 { Int64(try status().st_size) }

    /// - Returns: fewer bytes than asked for where the file ends.
    func read(at offset: Int64, _ count: Int) throws(RecordingFailure) -> [UInt8] {
        // A file that ends before needs no memory for more.
        let count = Int(min(Int64(count), max(0, try size() - offset)))
        var filled = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            while filled < count {
                let place = off_t(offset) + off_t(filled)
                let got = pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, place)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { code = errno }
                guard got > 0 else { break }
                filled += got
            }
            length = filled
        }
        guard code == 0 else { throw .system("read", path: path, code: code) }
        return bytes
    }

    /// Puts `bytes` at the end. Where the disk is full or fails, some of them may be there.
    func append(_ bytes: [UInt8]) throws(RecordingFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .system("write", path: path, code: errno) }
            rest.removeFirst(written)
        }
    }

    func truncate(to size: Int64) throws(RecordingFailure) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw .system("cut", path: path, code: errno) }
    }

    /// Waits for the disk to have what was written.
    func synchronize() throws(RecordingFailure) {
        guard fdatasync(descriptor) == 0 else { throw .system("write", path: path, code: errno) }
    }

    private func status() throws(RecordingFailure) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("look at", path: path, code: errno) }
        return status
    }
}

extension OpenFile.Access {
    fileprivate var flags: Int32 {
        switch self {
        case .read: O_RDONLY
        case .append: O_RDWR | O_APPEND | O_CREAT
        case .create: O_RDWR | O_APPEND | O_CREAT | O_EXCL
        }
    }
}
