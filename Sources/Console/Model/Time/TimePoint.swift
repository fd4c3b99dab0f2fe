import FleetModel

/// A time as an operator types it: `21:04`, `21:04:30`, `2026-03-01`, `2026-03-01 21:04`, `+5m`, `-1h30m`; in UTC.
package enum TimePoint {
    /// - Parameters:
    ///   - position: what `+` and `-` count from, and whose day a time without one is of.
    ///   - span: what is recorded; of the days around, the one on which a time is within it is meant.
    /// - Returns: nil for text that is no time.
    package static func time(_ text: String, from position: UnixTime, in span: ClosedRange<UnixTime>?) -> UnixTime? {
        if let sign = text.first, sign == "+" || sign == "-" {
            return duration(text.dropFirst()).map { position.advanced(by: sign == "-" ? .zero - $0 : $0) }
        }
        if let time = UnixTime(rfc3339: text) ?? UnixTime(rfc3339: text + ":00")
            ?? UnixTime(rfc3339: text + " 00:00:00")
        {
            return time
        }
        let days = [0, -1, 1].map { position.advanced(by: .seconds($0 * 86_400)).dateText }
        let times = days.compactMap { day in
            UnixTime(rfc3339: "\(day) \(text)") ?? UnixTime(rfc3339: "\(day) \(text):00")
        }
        return times.first { span?.contains($0) ?? true } ?? times.first
    }

    /// `90`, `90s`, `5m`, `1h30m`, `2d`; without a unit, seconds.
    private static func duration(_ text: Substring) -> Duration? {
        var (total, number, hasNumber) = (0, 0, false)
        for character in text + (text.last?.isNumber ?? false ? "s" : "") {
            if character.isASCII, let digit = character.wholeNumberValue {
                (number, hasNumber) = (number * 10 + digit, true)
                guard number <= longest else { return nil }
            } else {
                guard hasNumber, let seconds = units[character] else { return nil }
                total += number * seconds
                (number, hasNumber) = (0, false)
                guard total <= longest else { return nil }
            }
        }
        return hasNumber || total == 0 ? nil : .seconds(total)
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    /// In seconds; no recording is older.
    private static let longest = 3_660 * 86_400
}

extension UnixTime {
    /// `2026-03-01`, in UTC.
    var dateText: String { String(description.prefix(10)) }
}
