/// Cuts a stream of bytes into lines, none longer than a bound.
struct LineBuffer: Sendable {
    enum Line: Sendable, Equatable {
        /// Without its line feed.
        case whole([UInt8])
        /// It was longer than the bound, and is dropped.
        case tooLong
    }

    private let bound: Int
    private var line: [UInt8] = []
    private var isSkipping = false

    init(bound: Int) {
        self.bound = bound
    }

    /// - Returns: the lines that end with these bytes.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(end())
            } else if line.count < bound {
                line.append(byte)
            } else {
                isSkipping = true
            }
        }
        return lines
    }

    private mutating func end() -> Line {
        defer {
            line = []
            isSkipping = false
        }
        return isSkipping ? .tooLong : .whole(line)
    }
}
