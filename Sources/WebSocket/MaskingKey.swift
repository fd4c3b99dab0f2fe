/// The four bytes a client XORs its payloads with (RFC 6455, 5.3).
package struct MaskingKey: Sendable, Equatable {
    /// The bytes as they lie in memory and on the wire, whatever the byte order of the machine.
    private var word: UInt32

    package init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        word = UInt32(littleEndian: UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24)
    }

    package static func random(using generator: inout some RandomNumberGenerator) -> MaskingKey {
        MaskingKey(wireBytes: generator.next())
    }

    /// - Parameter wireBytes: the key as read from memory.
    init(wireBytes: UInt32) {
        word = wireBytes
    }

    var wireBytes: UInt32 { word }

    /// Masks, or unmasks, in place, eight bytes at a time; the key turns on by as many bytes, so that the next part of
    /// the same payload continues with it.
    package mutating func apply(to bytes: UnsafeMutableRawBufferPointer) {
        let wide = UInt64(word) << 32 | UInt64(word)
        var offset = 0
        while offset &+ 8 <= bytes.count {
            let block = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            bytes.storeBytes(of: block ^ wide, toByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        let tail = bytes.count &- offset
        withUnsafeBytes(of: wide) { key in
            for index in 0..<tail { bytes[offset &+ index] ^= key[index] }
        }
        turn(by: tail)
    }

    private mutating func turn(by count: Int) {
        let bits = UInt32(count % 4) * 8
        guard bits > 0 else { return }
        let little = word.littleEndian
        word = UInt32(littleEndian: little >> bits | little << (32 - bits))
    }
}
