/// A histogram folded into a few bands, for a chart: two to every doubling of the latency, and one at each end.
///
/// Every bound is a bound of the histogram's own buckets, so that nothing is split, estimated or counted twice.
package enum LatencyBands {
    package static let count = 24
    /// Faster is all the same to whoever waits.
    private static let firstExponent = 9

    /// From where on a latency falls into a band; the first begins at nothing.
    package static func lowerBound(of band: Int) -> Duration { .microseconds(lowerMicroseconds(of: band)) }

    private static func lowerMicroseconds(of band: Int) -> UInt64 {
        guard band > 0 else { return 0 }
        let power: UInt64 = 1 << UInt64(firstExponent + (band - 1) / 2)
        return band % 2 == 1 ? power : power + power / 2
    }

    /// The band in which the latencies of each bucket fall.
    private static let bandOfBucket: [UInt8] = (0..<LatencyHistogram.bucketCount).map { bucket in
        let bound = LatencyHistogram.upperBound(of: bucket)
        return UInt8((0..<count).last { lowerMicroseconds(of: $0) <= bound } ?? 0)
    }

    /// The band that a latency falls into.
    package static func band(of duration: Duration) -> Int {
        let microseconds = UInt64(max(0, duration.wholeMicroseconds))
        return Int(bandOfBucket[LatencyHistogram.index(of: min(microseconds, LatencyHistogram.maximumMicroseconds))])
    }

    /// How much of a histogram lies in each band, lowest first.
    package static func counts(of histogram: LatencyHistogram) -> [UInt64] {
        var counts = [UInt64](repeating: 0, count: count)
        for (bucket, times) in histogram.counts.enumerated() where times > 0 {
            counts[Int(bandOfBucket[bucket])] &+= times
        }
        return counts
    }
}
