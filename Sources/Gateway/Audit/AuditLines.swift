import Glibc

/// The end of a file of lines.
struct AuditLines {
    /// Of the file.
    let size: Int
    /// Up to the last line feed.
    let wholeSize: Int
    /// Without its line feed; nil in a file without a whole line.
    let lastLine: [UInt8]?

    /// Longer than two records can be: the texts in them are cut.
    private static let window = 128 << 10

    /// Reads the last lines; blocks.
    static func tail(of descriptor: Int32, _ path: String) throws(AuditFileFault) -> AuditLines {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        guard size >= 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
        let start = max(0, size - window)
        var bytes = [UInt8](repeating: 0, count: size - start)
        var filled = 0
        while filled < bytes.count {
            let count = bytes[filled...].withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, start + filled)
            }
            guard count > 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
            filled += count
        }
        let feed = UInt8(ascii: "\n")
        guard let end = bytes.lastIndex(of: feed) else {
            return AuditLines(size: size, wholeSize: start, lastLine: nil)
        }
        let begin = bytes[..<end].lastIndex(of: feed).map { $0 + 1 } ?? 0
        return AuditLines(size: size, wholeSize: start + end + 1, lastLine: Array(bytes[begin..<end]))
    }
}
