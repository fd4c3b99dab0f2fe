import FleetModel

/// `LatencyBands` as so many rows have room for them: those in use, and neighbours together where there is not one row
/// for each.
struct BandRows {
    private let first: Int
    /// Bands in one row.
    private let fold: Int
    let count: Int

    /// Fewer bands than this show no distribution.
    private static let least = 6

    /// - Parameters:
    ///   - used: the lowest and the highest band that hold something; one more is shown at either end.
    ///   - rows: how many there is room for.
    init(used: ClosedRange<Int>?, rows: Int) {
        let used = used ?? 0...0
        first = max(0, min(used.lowerBound - 1, LatencyBands.count - Self.least))
        let end = min(LatencyBands.count, max(used.upperBound + 2, first + Self.least))
        fold = max(1, (end - first + max(rows, 1) - 1) / max(rows, 1))
        count = (end - first + fold - 1) / fold
    }

    func sums(_ counts: [UInt64]) -> [UInt64] {
        (0..<count).map { row in
            counts.dropFirst(first + row * fold).prefix(fold).reduce(0, &+)
        }
    }

    /// "1.5 ms": from where on a row begins.
    func label(_ row: Int) -> SafeText {
        let bound = bound(row)
        guard bound > .zero, bound < Self.withTenths else { return bound == .zero ? "0 ms" : Figures.latency(bound) }
        return Figures.tenths(bound.inSeconds * 1_000) + " ms"
    }

    /// All that falls into the row is later than the limit.
    func isLate(_ row: Int) -> Bool { bound(row) >= HealthLimits.p95 }

    private func bound(_ row: Int) -> Duration { LatencyBands.lowerBound(of: first + row * fold) }

    /// Below this, bounds differ in their tenths.
    private static let withTenths: Duration = .milliseconds(10)
}

extension [UInt64] {
    /// From the lowest to the highest band that holds something.
    var usedBands: ClosedRange<Int>? {
        guard let first = firstIndex(where: { $0 > 0 }), let last = lastIndex(where: { $0 > 0 }) else { return nil }
        return first...last
    }
}
