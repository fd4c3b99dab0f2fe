import ArgumentParser

/// A part of a whole, as `70%` or `0.7`.
struct PartOption: ExpressibleByArgument, Equatable {
    let part: Double

    init(_ part: Double) {
        self.part = part
    }

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let value = Double(isPercent ? argument.dropLast() : argument[...]), value.isFinite else { return nil }
        part = isPercent ? value / 100 : value
        guard (0...1).contains(part) else { return nil }
    }

    var defaultValueDescription: String { "\(Int((part * 100).rounded()))%" }
}
