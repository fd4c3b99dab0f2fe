import FleetModel

/// The bounds at which Prometheus sees our latencies.
///
/// Each is the end of a bucket of `LatencyHistogram`, so that the counts are exact: from 127 µs to 17 s, every power
/// of two less one microsecond.
package enum LatencyBounds {
    package static let microseconds: [UInt64] = (7...24).map { 1 << $0 - 1 }

    /// For each bound, how many values are not greater.
    static func cumulative(_ histogram: LatencyHistogram) -> [(bound: UInt64, count: UInt64)] {
        var buckets = histogram.buckets[...]
        var count: UInt64 = 0
        return microseconds.map { bound in
            while let bucket = buckets.first, bucket.upperBound <= bound {
                count += bucket.count
                buckets.removeFirst()
            }
            return (bound, count)
        }
    }
}
