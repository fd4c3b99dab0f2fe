import FleetModel

/// Times as people write them: `500ms`, `30s`, `2m`, `1h`; a number alone is seconds.
enum DurationText {
    private static let units: [(suffix: String, microseconds: Double)] = [
        ("ms", 1e3), ("s", 1e6), ("m", 60e6), ("h", 3600e6),
    ]
    /// Beyond it, a `Duration` of microseconds would not hold the number.
    private static let longestMicroseconds = 1e15

    static func read(_ text: String) -> Duration? {
        let unit = units.first { text.hasSuffix($0.suffix) } ?? ("", 1e6)
        guard let number = Double(text.dropLast(unit.suffix.count)), number >= 0 else { return nil }
        let microseconds = number * unit.microseconds
        return microseconds <= longestMicroseconds ? .microseconds(Int64(microseconds)) : nil
    }

    static func write(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        if seconds > 0, seconds < 1 { return "\(duration.wholeMilliseconds)ms" }
        return seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
    }
}

/// Sizes as people write them: `65536`, `64KiB`, `1MiB`.
enum ByteCountText {
    static func read(_ text: String) -> ByteCount? {
        let units: [(suffix: String, factor: Int64)] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
        let unit = units.first { text.hasSuffix($0.suffix) } ?? ("", 1)
        guard let number = Int64(text.dropLast(unit.suffix.count)), number >= 0 else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : ByteCount(bytes)
    }
}
