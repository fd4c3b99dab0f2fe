import ArgumentParser

/// Closes a second, as `25/s` or `25`.
struct RateOption: ExpressibleByArgument, Equatable {
    let perSecond: Double

    init?(argument: String) {
        let digits = argument.hasSuffix("/s") ? argument.dropLast(2) : argument[...]
        guard let value = Double(digits), value.isFinite, value > 0 else { return nil }
        perSecond = value
    }
}
