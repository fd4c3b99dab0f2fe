import FleetModel

/// How evenly loads lie around their mean, and how unevenly they may.
struct Balance: Sendable, Equatable {
    let mean: Double
    /// How far from the mean a worker may be.
    let slack: Double

    /// Differences of fewer connections than this are chance, and not worth a single reconnect.
    static let leastSlack = 10.0

    /// - Parameters:
    ///   - absent: clients that belong to the workers and are on their way to one.
    ///   - tolerance: as a part of the mean.
    init(_ loads: some Collection<Double>, absent: Double = 0, tolerance: Double) {
        mean = loads.isEmpty ? 0 : (loads.reduce(0, +) + absent) / Double(loads.count)
        slack = max(mean * tolerance, Self.leastSlack)
    }

    /// Above the mean; negative below it.
    func surplus(of load: Double) -> Double { load - mean }

    func tolerates(_ load: Double) -> Bool { abs(surplus(of: load)) <= slack }

    /// As a part of the mean, signed: 0.42 for 42% above.
    func deviation(of load: Double) -> Double { mean > 0 ? surplus(of: load) / mean : 0 }
}

extension Sequence where Element == Double {
    /// Splits a whole number in proportion to the elements: the parts add up to it.
    func split(_ count: Int) -> [Int] {
        let total = reduce(0, +)
        guard total > 0, count > 0 else { return map { _ in 0 } }
        var (seen, given) = (0.0, 0)
        return map { part in
            seen += part
            let share = Int((seen / total * Double(count)).rounded(.down)) - given
            given += share
            return share
        }
    }
}
