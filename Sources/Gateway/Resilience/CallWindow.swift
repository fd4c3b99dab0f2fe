import FleetModel

/// How many of the last calls failed: counts in buckets, so that a whole window is forgotten step by step.
struct CallWindow: Sendable {
    /// Enough that what is forgotten at once is a tenth of the window.
    private static let bucketCount = 10

    private struct Bucket {
        /// Which stretch of time the counts are of.
        var number: Int64 = .min
        var calls = 0
        var failures = 0
    }

    private let bucketWidth: Int64
    private var buckets = [Bucket](repeating: Bucket(), count: bucketCount)

    init(_ length: Duration) {
        bucketWidth = max(1, length.wholeMicroseconds / Int64(Self.bucketCount))
    }

    mutating func count(failed: Bool, at now: UnixTime) {
        let number = now.microseconds / bucketWidth
        let index = Int(number % Int64(Self.bucketCount))
        if buckets[index].number != number { buckets[index] = Bucket(number: number) }
        buckets[index].calls += 1
        if failed { buckets[index].failures += 1 }
    }

    /// Of the window that ends at `now`.
    func counts(at now: UnixTime) -> (calls: Int, failures: Int) {
        let oldest = now.microseconds / bucketWidth - Int64(Self.bucketCount)
        return buckets.lazy.filter { $0.number > oldest }
            .reduce((0, 0)) { ($0.0 + $1.calls, $0.1 + $1.failures) }
    }
}
