import FleetModel
import Glibc

/// The files of one recording: `FILE`, which grows, and `FILE.<n>`, what came before it, a higher number being later.
struct SegmentFolder: Sendable {
    /// Of the file that grows.
    let path: String

    /// Paths of the earlier segments, the oldest first, with their numbers.
    func earlier() throws(RecordingFailure) -> [(number: UInt32, path: String)] {
        let (folder, name) = parts
        guard let stream = opendir(folder) else { throw .system("look into", path: folder, code: errno) }
        defer { closedir(stream) }
        var found: [UInt32] = []
        while let entry = readdir(stream) {
            let other = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            // Only as we write it: no sign, no leading zero.
            if other.hasPrefix(name + "."), let number = UInt32(other.dropFirst(name.count + 1)),
                other == "\(name).\(number)"
            {
                found.append(number)
            }
        }
        return found.sorted().map { ($0, "\(path).\($0)") }
    }

    /// Makes the file that grows the earlier one of `number`.
    func retire(as number: UInt32) throws(RecordingFailure) {
        guard rename(path, "\(path).\(number)") == 0 else { throw .system("rename", path: path, code: errno) }
    }

    func delete(_ path: String) throws(RecordingFailure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .system("delete", path: path, code: errno) }
    }

    private var parts: (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[...slash]
        return (String(folder), String(path[path.index(after: slash)...]))
    }
}
