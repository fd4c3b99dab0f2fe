import FleetModel
import Testing

@testable import Telemetry

@Suite("Prometheus' text format")
struct PrometheusTextTests {
    @Test("has help and type before the values, with the common labels first")
    func plain() {
        var text = PrometheusText(common: [.init("worker", "gw-w0")])
        text.counter("hits_total", "Hits.", .init(3, .init("code", "1000")), .init(2.5, .init("code", "1001")))
        #expect(
            text.text == """
                # HELP hits_total Hits.
                # TYPE hits_total counter
                hits_total{worker="gw-w0",code="1000"} 3
                hits_total{worker="gw-w0",code="1001"} 2.5

                """)
    }

    @Test("escapes backslash, quote and line feed in a label, and no quote in help")
    func escaping() {
        var text = PrometheusText()
        text.gauge("g", "a \"b\" \\ c\nd", .init(1, .init("x", "a \"b\" \\ c\nd")))
        #expect(text.text.contains("# HELP g a \"b\" \\\\ c\\nd\n"))
        #expect(text.text.contains("g{x=\"a \\\"b\\\" \\\\ c\\nd\"} 1\n"))
    }

    @Test("escapes a quote in a label also with a combining mark behind it")
    func escapingByScalars() {
        var text = PrometheusText()
        text.gauge("g", "G.", .init(1, .init("x", "a\"\u{301}")))
        #expect(text.text.utf8.elementsEqual("# HELP g G.\n# TYPE g gauge\ng{x=\"a\\\"\u{301}\"} 1\n".utf8))
    }

    @Test("writes what is not a number as Prometheus reads it")
    func notNumbers() {
        var text = PrometheusText()
        text.gauge("g", "G.", .init(Double.nan), .init(Double.infinity), .init(-Double.infinity))
        #expect(text.text.hasSuffix("g NaN\ng +Inf\ng -Inf\n"))
    }

    @Test("counts a histogram's values cumulatively, up to all of them")
    func histogram() {
        var latency = LatencyHistogram()
        latency.record(.microseconds(100))
        latency.record(.milliseconds(1), times: 2)
        latency.record(.seconds(100))
        var text = PrometheusText()
        text.histogram("l_seconds", "L.", [([], latency)])
        let lines = text.text.split(separator: "\n").map(String.init)
        #expect(lines.contains("l_seconds_bucket{le=\"0.000127\"} 1"))
        #expect(lines.contains("l_seconds_bucket{le=\"0.001023\"} 3"))
        #expect(lines.contains("l_seconds_bucket{le=\"16.777215\"} 3"))
        #expect(lines.contains("l_seconds_bucket{le=\"+Inf\"} 4"))
        #expect(lines.contains("l_seconds_sum 100.0021"))
        #expect(lines.contains("l_seconds_count 4"))
    }

    @Test("bounds are ends of the histogram's own buckets, so that counts are exact")
    func exactBounds() {
        for bound in LatencyBounds.microseconds {
            #expect(LatencyHistogram.upperBound(of: LatencyHistogram.index(of: bound)) == bound)
        }
    }
}
