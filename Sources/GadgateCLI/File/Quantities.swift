import FleetModel

/// Times as people write them: `500ms`, `30s`, `2m`, `1h`, `7d`; a number alone is seconds.
enum DurationText {
    private static let units: [(suffix: String, microseconds: Double)] = [
        ("ms", 1e3), ("s", 1e6), ("m", 60e6), ("h", 3600e6), ("d", 86_400e6),
    ]
    /// Beyond it, a `Duration` of microseconds would not hold the number.
    private static let longestMicroseconds = 1e15

    static func read(_ text: String) -> Duration? {
        let unit = units.first { text.hasSuffix($0.suffix) } ?? ("", 1e6)
        guard let number = Double(text.dropLast(unit.suffix.count)), number >= 0 else { return nil }
        let microseconds = number * unit.microseconds
        return microseconds <= longestMicroseconds ? .microseconds(Int64(microseconds)) : nil
    }

    /// In the largest unit that needs no fraction: `90s`, `2m`; what is no whole millisecond is in fractions of them.
    static func write(_ duration: Duration) -> String {
        let microseconds = duration.wholeMicroseconds
        guard microseconds != 0 else { return "0s" }
        let unit = units.last { microseconds % Int64($0.microseconds) == 0 }
        guard let unit else { return "\(Double(microseconds) / 1e3)ms" }
        return "\(microseconds / Int64(unit.microseconds))\(unit.suffix)"
    }
}

/// Sizes as people write them: `65536`, `64KiB`, `1MiB`.
enum ByteCountText {
    private static let units: [(suffix: String, factor: Int64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    static func read(_ text: String) -> ByteCount? {
        let unit = units.first { text.hasSuffix($0.suffix) } ?? ("", 1)
        guard let number = Int64(text.dropLast(unit.suffix.count)), number >= 0 else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : ByteCount(bytes)
    }

    /// In the largest unit that needs no fraction.
    static func write(_ count: ByteCount) -> String {
        let unit = units.last { count.bytes > 0 && count.bytes % $0.factor == 0 } ?? ("", 1)
        return "\(count.bytes / unit.factor)\(unit.suffix)"
    }
}
