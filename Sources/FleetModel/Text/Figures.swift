/// Figures in the few characters a table or a sentence has for them; every kind keeps to a width of its own.
package enum Figures {
    /// What stands where there is no figure.
    package static let none: SafeText = "-"

    /// `1204` as "1,204"; from a million on "1.2M".
    package static func grouped(_ value: Int) -> SafeText {
        value.magnitude < 1_000_000 ? exact(value) : short(Double(value))
    }

    /// `1234567` as "1,234,567", where the last digit matters more than the width.
    package static func exact(_ value: some BinaryInteger) -> SafeText {
        var (digits, groups) = (String(value.magnitude), "")
        while digits.count > 3 {
            groups = "," + digits.suffix(3) + groups
            digits.removeLast(3)
        }
        return SafeText((value < 0 ? "-" : "") + digits + groups)
    }

    /// A count a second: "0.4", "12", "1,204", "41.9k", "1.2M".
    package static func rate(_ value: Double) -> SafeText {
        if value > 0 && value < 0.95 { return tenths(max(value, 0.1)) }
        return value < 9_999.5 ? grouped(whole(value)) : short(value)
    }

    /// Tenths of a thousand and more: "41.9k", "412k", "1.2M", "96G".
    private static func short(_ value: Double) -> SafeText {
        scaled(value, by: 1000, units: ["", "k", "M", "G", "T"])
    }

    /// "0", "512B", "88K", "1.2M", "96M": steps of 1024.
    package static func bytes(_ count: ByteCount) -> SafeText {
        count == .zero ? "0" : scaled(Double(count.bytes), by: 1024, units: ["B", "K", "M", "G", "T"])
    }

    private static func scaled(_ value: Double, by step: Double, units: [SafeText]) -> SafeText {
        var (rest, unit) = (value, 0)
        while abs(rest) >= step * 0.9995, unit < units.count - 1 {
            rest /= step
            unit += 1
        }
        let wantsTenth = unit > 1 && abs(rest) < 9.95 || step == 1000 && unit > 0 && abs(rest) < 99.95
        return (wantsTenth ? tenths(rest) : "\(whole(rest))") + units[unit]
    }

    /// `0.472` as "47%".
    package static func percent(_ part: Double) -> SafeText { "\(whole(part * 100))%" }

    /// `0.0184` as "1.8%".
    package static func tenths(percent part: Double) -> SafeText { tenths(part * 100) + "%" }

    /// `1.84` as "1.8".
    package static func tenths(_ value: Double) -> SafeText {
        let tenths = whole(abs(value) * 10)
        return "\(SafeText(value < 0 && tenths > 0 ? "-" : ""))\(tenths / 10).\(tenths % 10)"
    }

    /// `0.77` as "+77%".
    package static func signedPercent(_ part: Double) -> SafeText { (part < 0 ? "" : "+") + percent(part) }

    /// Rounds; what no screen can show anyway is cut off rather than trapped on.
    package static func whole(_ value: Double) -> Int {
        value.isNaN ? 0 : Int(max(-1e15, min(1e15, value)).rounded())
    }
}

// MARK: - Times

extension Figures {
    /// Milliseconds without their unit, for a column that names it: "0.4", "31", "1.2s"; "-" when there is none.
    package static func milliseconds(_ duration: Duration?) -> SafeText {
        guard let duration else { return none }
        let milliseconds = duration.inSeconds * 1000
        if milliseconds < 0.95 { return milliseconds < 0.05 ? "0" : tenths(milliseconds) }
        if milliseconds < 999.5 { return "\(whole(milliseconds))" }
        return milliseconds < 9_950 ? tenths(milliseconds / 1000) + "s" : "\(whole(milliseconds / 1000))s"
    }

    /// The same with its unit: "31 ms", "1.2 s"; "-" when there is none.
    package static func latency(_ duration: Duration?) -> SafeText {
        let figure = milliseconds(duration)
        if figure.text.hasSuffix("s") { return SafeText(figure.text.dropLast()) + " s" }
        return duration == nil ? figure : figure + " ms"
    }

    /// For messages and logs, in at most three digits: "72 ms", "3.0 s", "13 s", "4 m".
    package static func elapsed(_ duration: Duration) -> SafeText {
        duration < .seconds(100) ? latency(duration) : span(duration)
    }

    /// How long something has lasted, in at most four characters: "41s", "4m", "3h", "12d".
    package static func age(_ duration: Duration) -> SafeText {
        let (value, unit) = largestUnit(of: duration)
        return "\(value)" + unit
    }

    /// The same in a sentence: "41 s", "4 m", "3 h", "12 d".
    package static func span(_ duration: Duration) -> SafeText {
        let (value, unit) = largestUnit(of: duration)
        return "\(value) " + unit
    }

    /// With its seconds, for what is being waited for: "8 s", "3 m 07 s", "1 h 02 m".
    package static func wait(_ duration: Duration) -> SafeText {
        let seconds = max(0, whole(duration.inSeconds))
        if seconds < 60 { return "\(seconds) s" }
        return seconds < 3600
            ? "\(seconds / 60) m \(padded(seconds % 60)) s" : "\(seconds / 3600) h \(padded(seconds / 60 % 60)) m"
    }

    private static func padded(_ value: Int) -> SafeText { value < 10 ? "0\(value)" : "\(value)" }

    private static func largestUnit(of duration: Duration) -> (Int, SafeText) {
        let seconds = max(0, whole(duration.inSeconds))
        if seconds < 100 { return (seconds, "s") }
        if seconds < 100 * 60 { return (seconds / 60, "m") }
        return seconds < 100 * 3600 ? (seconds / 3600, "h") : (seconds / 86_400, "d")
    }
}
