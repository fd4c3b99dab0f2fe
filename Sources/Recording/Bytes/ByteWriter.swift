/// Puts numbers and texts one behind the other: fixed ones little-endian, the rest as LEB128.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func fixed(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func raw(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number with one bit of the caller's before it, which together may have 65 bits.
    mutating func number(_ value: UInt64, tag: Bool) {
        let low = UInt8(truncatingIfNeeded: value & 0x3f) << 1 | (tag ? 1 : 0)
        guard value > 0x3f else { return bytes.append(low) }
        bytes.append(low | 0x80)
        number(value >> 6)
    }

    mutating func signed(_ value: Int64) { number(value.zigzag) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

extension Int64 {
    /// Small for numbers near zero of either sign.
    var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

    init(zigzag: UInt64) {
        self = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
    }
}
