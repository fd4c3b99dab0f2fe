import FleetModel
import Testing

@testable import Gateway

@Suite("The last minute")
struct RecentMinuteTests {
    func mark(_ second: Int, connections: Int = 0, _ latency: LatencyHistogram = LatencyHistogram())
        -> RecentMinute.Mark
    {
        RecentMinute.Mark(
            time: UnixTime(microseconds: Int64(second) * 1_000_000), connections: connections, latency: latency)
    }

    @Test("has the latencies of that minute only")
    func latency() {
        var minute = RecentMinute()
        var latency = LatencyHistogram()
        latency.record(.seconds(3), times: 1_000)
        #expect(minute.latencyP95(until: mark(0, latency)).map { $0 >= .seconds(3) } == true)
        for second in stride(from: 0, through: 90, by: 5) { minute.note(mark(second, latency)) }
        #expect(minute.latencyP95(until: mark(90, latency)) == nil)
        latency.record(.milliseconds(2), times: 10)
        let p95 = minute.latencyP95(until: mark(91, latency))
        #expect(p95.map { $0 < .milliseconds(3) } == true)
    }

    @Test("has the most connections of that minute")
    func crowd() {
        var minute = RecentMinute()
        #expect(minute.crowd(until: mark(0, connections: 4)) == 4)
        for (second, connections) in [(0, 900), (30, 500), (60, 20)] {
            minute.note(mark(second, connections: connections))
        }
        #expect(minute.crowd(until: mark(60, connections: 30)) == 900)
        #expect(minute.crowd(until: mark(80, connections: 30)) == 500)
    }
}
