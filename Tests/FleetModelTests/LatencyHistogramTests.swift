import FleetModel
import Foundation
import Testing

@Suite("A latency histogram")
struct LatencyHistogramTests {
    @Test("every value lies at or below its bucket's bound, and above the bound before")
    func layout() {
        for value: UInt64 in [0, 1, 31, 32, 33, 63, 64, 1_000, 65_535, 65_536, 999_999_999] {
            let index = LatencyHistogram.index(of: value)
            #expect(value <= LatencyHistogram.upperBound(of: index))
            if index > 0 { #expect(value > LatencyHistogram.upperBound(of: index - 1)) }
        }
    }

    @Test("a bucket is never wider than a 32nd of its value")
    func resolution() {
        for index in 33..<LatencyHistogram.bucketCount {
            let (low, high) = (LatencyHistogram.upperBound(of: index - 1) + 1, LatencyHistogram.upperBound(of: index))
            #expect(Double(high - low + 1) <= Double(low) / 32)
        }
    }

    @Test("percentiles of merged histograms are those of all values together")
    func merging() {
        var (left, right, both) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for value in 1...1_000 {
            if value.isMultiple(of: 3) { left.record(.milliseconds(value)) } else { right.record(.milliseconds(value)) }
            both.record(.milliseconds(value))
        }
        left.merge(right)
        #expect(left == both)
        let median = left.quantile(0.5)?.inSeconds ?? 0
        #expect(median >= 0.5 && median <= 0.5 * (1 + 1.0 / 32))
    }

    @Test("the difference of two states holds what came between")
    func difference() {
        var histogram = LatencyHistogram()
        histogram.record(.milliseconds(1), times: 5)
        let before = histogram
        histogram.record(.milliseconds(40), times: 2)
        let between = histogram.since(before)
        #expect(between.count == 2)
        #expect(between.sumMicroseconds == 80_000)
        #expect((between.quantile(0.01)?.inSeconds ?? 0) >= 0.04)
    }

    @Test("a histogram that started anew is its own difference")
    func restart() {
        var (old, new) = (LatencyHistogram(), LatencyHistogram())
        old.record(.seconds(1), times: 9)
        new.record(.milliseconds(2))
        #expect(new.since(old) == new)
    }

    @Test("has no percentile while it is empty")
    func empty() {
        #expect(LatencyHistogram().quantile(0.99) == nil)
    }

    @Test("counts what is longer than the longest bucket in the longest bucket")
    func overflow() {
        var histogram = LatencyHistogram()
        histogram.record(.seconds(1_000_000))
        #expect(histogram.count == 1)
        #expect(histogram.counts.count == LatencyHistogram.bucketCount)
    }

    @Test("survives JSON exactly")
    func json() throws {
        var histogram = LatencyHistogram()
        for value: UInt64 in [0, 7, 1_234, 98_765, 4_000_000] {
            histogram.record(microseconds: value, times: value % 5 + 1)
        }
        let decoded = try JSONDecoder().decode(LatencyHistogram.self, from: JSONEncoder().encode(histogram))
        #expect(decoded == histogram)
    }
}
