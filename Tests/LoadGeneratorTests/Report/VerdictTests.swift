import FleetModel
import Testing

@testable import LoadGenerator

@Suite("The verdict on a run")
struct VerdictTests {
    @Test("is clean when all was published as asked and arrived")
    func clean() {
        #expect(Self.report.judged() == .clean)
    }

    @Test("is faulty when nothing was published that was to be, and says so; not when nothing was to be")
    func nothingPublished() {
        var report = Self.report
        report.publishing.published = 0
        report.verdict = report.judged()
        #expect(report.verdict == .faulty)
        #expect(report.text().hasPrefix("faulty: nothing was published"))
        report.publishing.askedPerSecond = 0
        #expect(report.judged() == .clean)
    }

    @Test("is faulty when messages were held back, for nothing is known of them")
    func held() {
        var report = Self.report
        report.publishing.held = 1
        #expect(report.judged() == .faulty)
    }

    @Test("is faulty when messages of a critical room were not recovered, of other rooms not")
    func notRecovered() {
        var report = Self.report
        report.classes.important.deliveries.notRecovered = 1
        #expect(report.judged() == .clean)
        report.classes.critical.deliveries.notRecovered = 1
        #expect(report.judged() == .faulty)
    }

    @Test("leaves out clients that were made to stop reading, connected or not")
    func stuck() {
        var report = Self.report
        #expect(report.judged(stuck: 1, stuckConnected: 1) == .clean)
        report.clients.subscribedAtEnd = 9
        #expect(report.judged(stuck: 1, stuckConnected: 0) == .clean)
        #expect(report.judged() == .faulty)
    }

    private static var report: LoadReport {
        var report = LoadReport(startedAt: UnixTime(seconds: 0))
        report.clients.asked = 10
        report.clients.subscribedAtEnd = 10
        report.connecting.joins = 10
        report.publishing.askedPerSecond = 100
        report.publishing.published = 1_000
        return report
    }
}
