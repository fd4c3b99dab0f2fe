/// Counts of durations in buckets of one fixed layout, so that histograms of any workers merge exactly.
///
/// The layout is log-linear, in microseconds: values below 32 have a bucket each; above, every power of two is split
/// into 32 equal buckets, so that a bucket is at most 1/32 of its value wide. Values over `maximum` count in the last
/// bucket. The technique is HdrHistogram's (Gil Tene).
package struct LatencyHistogram: Sendable, Equatable {
    package private(set) var counts: [UInt64]
    package private(set) var count: UInt64
    /// The sum of all recorded values, in microseconds.
    package private(set) var sumMicroseconds: UInt64

    package init() {
        counts = []
        count = 0
        sumMicroseconds = 0
    }

    package mutating func record(_ duration: Duration, times: UInt64 = 1) {
        record(microseconds: UInt64(max(0, duration.wholeMicroseconds)), times: times)
    }

    package mutating func record(microseconds: UInt64, times: UInt64 = 1) {
        let value = min(microseconds, Self.maximumMicroseconds)
        add(times, at: Self.index(of: value))
        sumMicroseconds &+= value &* times
    }

    package mutating func merge(_ other: LatencyHistogram) {
        grow(to: other.counts.count)
        for index in other.counts.indices { counts[index] &+= other.counts[index] }
        count &+= other.count
        sumMicroseconds &+= other.sumMicroseconds
    }

    /// What was recorded since `earlier`, an older state of the same histogram. A histogram that started anew, after a
    /// restart of its worker, is its own difference.
    package func since(_ earlier: LatencyHistogram) -> LatencyHistogram {
        guard count >= earlier.count, sumMicroseconds >= earlier.sumMicroseconds,
            counts.count >= earlier.counts.count
        else { return self }
        var difference = self
        for index in earlier.counts.indices {
            guard counts[index] >= earlier.counts[index] else { return self }
            difference.counts[index] -= earlier.counts[index]
        }
        // What is beyond the last value is not kept, so that equal histograms are equal.
        while difference.counts.last == 0 { difference.counts.removeLast() }
        difference.count = count - earlier.count
        difference.sumMicroseconds = sumMicroseconds - earlier.sumMicroseconds
        return difference
    }

    /// The upper bound of the bucket that holds the given part of all values; nil when nothing was recorded.
    /// - Parameter quantile: from 0 to 1, as 0.99 for the 99th percentile.
    package func quantile(_ quantile: Double) -> Duration? {
        guard count > 0 else { return nil }
        let rank = max(1, UInt64((quantile * Double(count)).rounded(.up)))
        var seen: UInt64 = 0
        for (index, bucket) in counts.enumerated() {
            seen &+= bucket
            if seen >= rank { return .microseconds(Self.upperBound(of: index)) }
        }
        return nil
    }

    /// The upper bound of the highest bucket that holds something; nil when nothing was recorded.
    package var maximum: Duration? {
        counts.lastIndex { $0 > 0 }.map { .microseconds(Self.upperBound(of: $0)) }
    }

    /// The part of all values that lies in buckets beyond a limit; 0 when nothing was recorded.
    package func part(over limit: Duration) -> Double {
        guard count > 0 else { return 0 }
        let limit = UInt64(max(0, limit.wholeMicroseconds))
        let first = Self.index(of: min(limit, Self.maximumMicroseconds)) + 1
        return Double(counts.dropFirst(first).reduce(0, &+)) / Double(count)
    }

    /// The buckets that hold something, in ascending order.
    package var buckets: [(upperBound: UInt64, count: UInt64)] {
        counts.enumerated().filter { $0.element > 0 }.map { (Self.upperBound(of: $0.offset), $0.element) }
    }

    /// - Returns: nil when an index lies outside the layout.
    package init?(sparse: [(index: Int, count: UInt64)], sumMicroseconds: UInt64) {
        self.init()
        grow(to: min((sparse.last?.index ?? -1) &+ 1, Self.bucketCount))
        for (index, count) in sparse {
            guard (0..<Self.bucketCount).contains(index) else { return nil }
            add(count, at: index)
        }
        self.sumMicroseconds = sumMicroseconds
    }

    /// Both of one layout, and `later` nowhere less than `earlier`.
    mutating func addDifference(of later: LatencyHistogram, and earlier: LatencyHistogram) {
        grow(to: later.counts.count)
        counts.withUnsafeMutableBufferPointer { sums in
            later.counts.withUnsafeBufferPointer { after in
                for index in after.indices { sums[index] &+= after[index] }
            }
            earlier.counts.withUnsafeBufferPointer { before in
                for index in before.indices { sums[index] &-= before[index] }
            }
        }
        count &+= later.count &- earlier.count
        sumMicroseconds &+= later.sumMicroseconds &- earlier.sumMicroseconds
    }

    private mutating func add(_ times: UInt64, at index: Int) {
        grow(to: index + 1)
        counts[index] &+= times
        count &+= times
    }

    private mutating func grow(to length: Int) {
        if length > counts.count { counts.append(contentsOf: repeatElement(0, count: length - counts.count)) }
    }
}

// MARK: - Layout

extension LatencyHistogram {
    /// About 71 minutes: no latency worth telling apart is longer.
    package static let maximumMicroseconds: UInt64 = 1 << 32 - 1
    package static let bucketCount = index(of: maximumMicroseconds) + 1

    private static let subBucketBits = 5
    private static let subBuckets = 1 << subBucketBits

    package static func index(of microseconds: UInt64) -> Int {
        guard microseconds >= UInt64(subBuckets) else { return Int(microseconds) }
        let octave = 63 - microseconds.leadingZeroBitCount - subBucketBits
        let position = Int(microseconds >> UInt64(octave)) - subBuckets
        return (octave + 1) * subBuckets + position
    }

    /// The greatest value, in microseconds, that falls into a bucket.
    package static func upperBound(of index: Int) -> UInt64 {
        guard index >= subBuckets else { return UInt64(index) }
        let octave = index / subBuckets - 1
        let position = UInt64(index % subBuckets + subBuckets)
        return (position + 1) << UInt64(octave) - 1
    }
}

// MARK: - Coding

/// In JSON: `{"count": 3, "sum_seconds": 0.012, "buckets": [[4095, 2], [8191, 1]]}`; each bucket is its upper bound in
/// microseconds and its own (not cumulative) count.
extension LatencyHistogram: Codable {
    private enum CodingKeys: String, CodingKey {
        case count, buckets
        case sumSeconds = "sum_seconds"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let pairs = try container.decode([[UInt64]].self, forKey: .buckets)
        let sum = try container.decode(Double.self, forKey: .sumSeconds)
        let sparse = pairs.compactMap { pair in pair.count == 2 ? (Self.index(of: pair[0]), pair[1]) : nil }
        guard sparse.count == pairs.count, sum >= 0, sum < 1e12,
            let histogram = LatencyHistogram(sparse: sparse, sumMicroseconds: UInt64((sum * 1e6).rounded()))
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .buckets, in: container, debugDescription: "not buckets of the fixed layout")
        }
        self = histogram
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(Double(sumMicroseconds) / 1e6, forKey: .sumSeconds)
        try container.encode(buckets.map { [$0.upperBound, $0.count] }, forKey: .buckets)
    }
}
