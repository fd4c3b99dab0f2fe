import FleetModel

/// `LatencyBands` as so many rows have room for them: neighbours together where there is not one row for each.
struct BandRows {
    /// Bands in one row.
    let fold: Int
    let count: Int

    /// Fewer rows than this show no distribution.
    static let least = 6

    /// - Parameters:
    ///   - highest: the highest band that holds something.
    init(highest: Int, rows: Int) {
        let bands = min(LatencyBands.count, max(highest + 2, Self.least))
        fold = max(1, (bands + max(rows, 1) - 1) / max(rows, 1))
        count = (bands + fold - 1) / fold
    }

    func sums(_ counts: [UInt64]) -> [UInt64] {
        (0..<count).map { row in
            counts.dropFirst(row * fold).prefix(fold).reduce(0, &+)
        }
    }

    /// "2.0 ms": from where on a row begins.
    func label(_ row: Int) -> SafeText {
        let bound = LatencyBands.lowerBound(of: row * fold)
        return row == 0 ? "0 ms" : Figures.latency(bound)
    }

    /// All that falls into the row is later than the limit.
    func isLate(_ row: Int) -> Bool { LatencyBands.lowerBound(of: row * fold) >= HealthLimits.p95 }
}
