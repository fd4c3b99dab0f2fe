import FleetModel

/// The figures of a histogram that people compare, and its buckets for adding up with others.
package struct LatencySummary: Sendable, Codable, Equatable {
    package var count: UInt64
    package var p50Seconds: Double?
    package var p95Seconds: Double?
    package var p99Seconds: Double?
    package var p999Seconds: Double?
    package var maxSeconds: Double?
    package var buckets: [[UInt64]]

    package init(_ histogram: LatencyHistogram) {
        count = histogram.count
        p50Seconds = histogram.quantile(0.5)?.inSeconds
        p95Seconds = histogram.quantile(0.95)?.inSeconds
        p99Seconds = histogram.quantile(0.99)?.inSeconds
        p999Seconds = histogram.quantile(0.999)?.inSeconds
        maxSeconds = histogram.quantile(1)?.inSeconds
        buckets = histogram.buckets.map { [$0.upperBound, $0.count] }
    }
}
