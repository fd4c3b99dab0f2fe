import ArgumentParser
import FleetModel

/// A size as `500000`, `64M` or `2G`; units are powers of 1,024.
struct SizeOption: ExpressibleByArgument, Equatable {
    let size: ByteCount

    private static let units: [Character: Int64] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40]
    /// More than any disk that is at hand.
    private static let most: Int64 = 1 << 50

    init(_ size: ByteCount) {
        self.size = size
    }

    init?(argument: String) {
        let unit = argument.last.flatMap { Self.units[Character($0.lowercased())] }
        let digits = unit == nil ? argument[...] : argument.dropLast()
        guard let number = Int64(digits), number > 0, number <= Self.most / (unit ?? 1) else { return nil }
        size = ByteCount(number * (unit ?? 1))
    }

    var defaultValueDescription: String { "\(Figures.bytes(size))" }
}
