import ArgumentParser
import FleetModel

/// A part of a whole, as `10%` or `10`.
struct PercentOption: ExpressibleByArgument, Equatable {
    /// 0.1 for 10%.
    let part: Double

    init(_ part: Double) {
        self.part = part
    }

    init?(argument: String) {
        let digits = argument.hasSuffix("%") ? argument.dropLast() : argument[...]
        guard let value = Double(digits), value > 0, value <= 100 else { return nil }
        part = value / 100
    }

    var defaultValueDescription: String { Figures.percent(part).text }
}

/// A room's name, or the beginning of one with `*` behind it.
struct RoomPatternOption: ExpressibleByArgument, Equatable {
    let pattern: RoomPattern

    init?(argument: String) {
        guard let pattern = RoomPattern(argument) else { return nil }
        self.pattern = pattern
    }
}

/// A short time, as `250ms` or `1.5s`.
struct LatencyOption: ExpressibleByArgument, Equatable {
    let duration: Duration

    /// A message that takes longer than this is not slow but lost.
    private static let longestSeconds = 60.0

    init?(argument: String) {
        let (digits, unit) =
            argument.hasSuffix("ms")
            ? (argument.dropLast(2), 0.001) : (argument.dropLast(argument.hasSuffix("s") ? 1 : 0), 1)
        guard let value = Double(digits), value > 0, value * unit <= Self.longestSeconds else { return nil }
        duration = .seconds(value * unit)
    }
}
