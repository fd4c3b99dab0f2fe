import Glibc

/// Whole small files through a descriptor.
enum FileBytes {
    /// - Throws: `FileEnd` when there are fewer bytes, or they cannot be read.
    static func read(_ descriptor: Int32, count: Int) throws(FileEnd) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + have }, count - have)
            }
            guard got > 0 else { throw FileEnd() }
            have += got
        }
        return bytes
    }

    struct FileEnd: Error {}

    /// - Returns: false when not all could be written; `errno` says why.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
