import FleetModel

/// The latencies of one stretch of time, as counts in `LatencyBands`; every message of every live worker once.
struct LatencyColumn: ChartMoment {
    let time: UnixTime
    private(set) var counts: [UInt64]

    init(_ histogram: LatencyHistogram, at time: UnixTime) {
        self.time = time
        counts = LatencyBands.counts(of: histogram)
    }

    mutating func merge(_ other: LatencyColumn) {
        for band in counts.indices { counts[band] &+= other.counts[band] }
    }

    var count: UInt64 { counts.reduce(0, &+) }

    /// What the given part of all messages stayed under; nil without any, and for the band that has no end.
    func bound(of quantile: Double) -> Duration? {
        let rank = quantile * Double(count)
        var seen: UInt64 = 0
        for (band, times) in counts.enumerated() where times > 0 {
            seen &+= times
            if Double(seen) >= rank {
                return band + 1 < LatencyBands.count ? LatencyBands.lowerBound(of: band + 1) : nil
            }
        }
        return nil
    }
}
