/// Takes apart what `ByteWriter` put together, of bytes that may hold anything.
struct ByteReader {
    /// The bytes are not what they should be.
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var remaining: Int { end - position }
    var isAtEnd: Bool { position == end }

    mutating func fixed<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(Malformed) -> Value {
        let size = Value.bitWidth / 8
        guard remaining >= size else { throw Malformed() }
        var value: Value = 0
        for index in 0..<size { value |= Value(truncatingIfNeeded: bytes[position + index]) << (8 * index) }
        position += size
        return value
    }

    mutating func number() throws(Malformed) -> UInt64 { try number(shiftLimit: 64) }

    private mutating func number(shiftLimit: Int) throws(Malformed) -> UInt64 {
        var (value, shift) = (UInt64(0), 0)
        while true {
            let byte = try byte()
            let bits = UInt64(byte & 0x7f)
            guard shift < shiftLimit, (bits << shift) >> shift == bits else { throw Malformed() }
            value |= bits << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    mutating func taggedNumber() throws(Malformed) -> (value: UInt64, tag: Bool) {
        let first = try byte()
        let (low, tag) = (UInt64(first >> 1 & 0x3f), first & 1 != 0)
        guard first & 0x80 != 0 else { return (low, tag) }
        let high = try number()
        guard high >> 58 == 0 else { throw Malformed() }
        return (high << 6 | low, tag)
    }

    mutating func signed() throws(Malformed) -> Int64 { Int64(zigzag: try number()) }

    /// A count that is not believed beyond `limit`.
    mutating func count(atMost limit: Int) throws(Malformed) -> Int {
        let value = try number()
        guard value <= UInt64(limit) else { throw Malformed() }
        return Int(value)
    }

    /// The next bytes as a reader of their own.
    mutating func part(_ count: Int) throws(Malformed) -> ByteReader {
        guard (0...remaining).contains(count) else { throw Malformed() }
        defer { position += count }
        return ByteReader(bytes, position..<position + count)
    }

    mutating func text(_ count: Int) throws(Malformed) -> String {
        String(decoding: try raw(count), as: UTF8.self)
    }

    mutating func raw(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard (0...remaining).contains(count) else { throw Malformed() }
        defer { position += count }
        return bytes[position..<position + count]
    }

    private mutating func byte() throws(Malformed) -> UInt8 {
        guard position < end else { throw Malformed() }
        defer { position += 1 }
        return bytes[position]
    }
}
