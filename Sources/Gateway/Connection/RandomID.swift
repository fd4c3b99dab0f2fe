/// An unguessable id, written as a UUID of version 4 (RFC 9562, 5.4); 16 bytes where text would take a hundred.
struct RandomID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init(using generator: inout some RandomNumberGenerator) {
        high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// - Returns: nil for text that is not a UUID.
    init?(_ text: some StringProtocol) {
        let digits = String(text.filter { $0 != "-" })
        guard text.utf8.count == 36, digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        (self.high, self.low) = (high, low)
    }
}

extension RandomID: CustomStringConvertible {
    var description: String {
        [
            Self.hex(high >> 32, 8), Self.hex(high >> 16 & 0xFFFF, 4), Self.hex(high & 0xFFFF, 4),
            Self.hex(low >> 48, 4), Self.hex(low & 0xFFFF_FFFF_FFFF, 12),
        ].joined(separator: "-")
    }

    private static func hex(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}

extension RandomID: Comparable {
    static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
