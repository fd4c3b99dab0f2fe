/// Checks UTF-8 as it arrives in parts, and finds an error at the first byte that cannot be right (RFC 3629, 4).
package struct UTF8Validator: Sendable {
    /// Continuation bytes still to come for the character begun.
    private var missing: UInt8 = 0
    /// Bounds of the next continuation byte: narrower for the first one after E0, ED, F0 and F4, which excludes
    /// overlong forms, surrogates, and what lies over U+10FFFF.
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    package init() {}

    /// Whether what came so far does not end within a character.
    package var isComplete: Bool { missing == 0 }

    /// - Returns: false when the text cannot be UTF-8, whatever follows.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                index = Self.skipASCII(bytes, from: index)
                guard index < bytes.count else { break }
            }
            guard step(bytes[index]) else { return false }
            index &+= 1
        }
        return true
    }

    /// Whether `bytes` are UTF-8 as they stand.
    package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var validator = UTF8Validator()
        return validator.consume(bytes) && validator.isComplete
    }

    private static func skipASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index &+= 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index &+= 1 }
        return index
    }

    private mutating func step(_ byte: UInt8) -> Bool {
        guard missing > 0 else { return begin(byte) }
        guard byte >= lower, byte <= upper else { return false }
        missing &-= 1
        (lower, upper) = (0x80, 0xBF)
        return true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lower) = (2, 0xA0)
        case 0xED: (missing, upper) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lower) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, upper) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
