import FleetModel

/// Figures as a table shows them: short, with their unit, always of the same shape.
enum Figure {
    static let none: SafeText = "-"

    /// `20184` as "20,184".
    static func count(_ value: some BinaryInteger) -> SafeText {
        var digits = String(value)
        var grouped = ""
        while digits.count > 3, digits.dropLast(3).last?.isNumber == true {
            grouped = "," + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return SafeText(digits + grouped)
    }

    /// A count a second: "0.4", "1,204".
    static func rate(_ value: Double) -> SafeText {
        value < 9.95 && value > 0 ? decimal(value) : count(Int64(clamped(value)))
    }

    /// "0.4 ms", "31 ms", "1.2 s".
    static func latency(_ duration: Duration?) -> SafeText {
        guard let duration else { return none }
        let milliseconds = duration.inSeconds * 1000
        if milliseconds >= 999.5 { return decimal(milliseconds / 1000) + " s" }
        return (milliseconds < 9.95 ? decimal(milliseconds) : count(Int64(clamped(milliseconds)))) + " ms"
    }

    /// "512 B", "88 KB", "1.2 MB": steps of 1024.
    static func bytes(_ size: ByteCount) -> SafeText {
        let units: [SafeText] = ["B", "KB", "MB", "GB", "TB"]
        var (value, unit) = (Double(size.bytes), 0)
        while value >= 1023.5, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        return (unit > 0 && value < 9.95 ? decimal(value) : count(Int64(clamped(value)))) + " " + units[unit]
    }

    /// `0.018` as "1.8%".
    static func percent(_ part: Double) -> SafeText { decimal(part * 100) + "%" }

    /// "41s", "4m07s", "3h02m", "12d".
    static func span(_ duration: Duration) -> SafeText {
        let seconds = max(0, Int64(clamped(duration.inSeconds)))
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m\(padded(seconds % 60))s" }
        return seconds < 86_400 * 2 ? "\(seconds / 3600)h\(padded(seconds / 60 % 60))m" : "\(seconds / 86_400)d"
    }

    private static func padded(_ value: Int64) -> SafeText { value < 10 ? "0\(value)" : "\(value)" }

    private static func decimal(_ value: Double) -> SafeText {
        let tenths = Int64(clamped(value * 10))
        return "\(tenths / 10).\(tenths.magnitude % 10)"
    }

    /// Rounded, and within what an integer holds.
    private static func clamped(_ value: Double) -> Double {
        value.isFinite ? max(-1e15, min(1e15, value)).rounded() : 0
    }
}
