import ArgumentParser
import FleetModel

/// A time as `90`, `90s`, `2m`, `1m30s` or `1h`; without a unit, seconds.
struct DurationOption: ExpressibleByArgument, Equatable {
    let duration: Duration

    /// Longer than anything that is waited for.
    private static let maximumSeconds = 366 * 86_400.0
    private static let secondsByUnit: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        var seconds = 0.0
        var digits = ""
        for character in argument + (argument.last?.isNumber == true ? "s" : "") {
            guard let unit = Self.secondsByUnit[character] else {
                digits.append(character)
                continue
            }
            guard let value = Double(digits), value >= 0 else { return nil }
            seconds += value * unit
            digits = ""
        }
        guard digits.isEmpty, seconds > 0, seconds <= Self.maximumSeconds else { return nil }
        duration = .seconds(seconds)
    }
}
