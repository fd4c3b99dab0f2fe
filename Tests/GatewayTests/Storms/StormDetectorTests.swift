import FleetModel
import Testing

@testable import Gateway

@Suite("Storms of connects")
struct StormDetectorTests {
    private let policy: StormPolicy = {
        var policy = StormPolicy()
        policy.factor = 5
        policy.minimumPerSecond = 50
        policy.baselineWindow = .seconds(60)
        policy.calmAfter = .seconds(10)
        return policy
    }()

    /// A detector and the seconds it has seen.
    private struct Course {
        var detector = StormDetector()
        var second = 0.0
        var total: UInt64 = 0

        /// So many connects a second for so many seconds.
        mutating func run(_ rate: UInt64, seconds: Int, _ policy: StormPolicy) -> [StormDetector.Event] {
            (0..<seconds).compactMap { _ in
                second += 1
                total += rate
                return detector.observe(total: total, at: UnixTime(seconds: second), policy)
            }
        }
    }

    @Test("an even pace is none, however fast once it is usual")
    func evenPace() {
        var course = Course()
        #expect(course.run(40, seconds: 300, policy).isEmpty)
        #expect(course.run(150, seconds: 300, policy).isEmpty)
        #expect(course.run(600, seconds: 2, policy).isEmpty)
    }

    @Test("a rush begins a storm once, with rate and baseline, and calm ends it after a while")
    func rush() throws {
        var course = Course()
        _ = course.run(20, seconds: 600, policy)
        let events = course.run(1_000, seconds: 20, policy)
        guard case .began(let report) = try #require(events.first) else {
            Issue.record("no storm began")
            return
        }
        #expect(events.count == 1 && (19...21).contains(report.baselinePerSecond))
        #expect(report.connectsPerSecond > 100 && course.detector.report?.connectsPerSecond == 1_000)
        #expect(course.run(20, seconds: 9, policy).isEmpty)
        let end = course.run(20, seconds: 6, policy)
        guard case .ended(_, let peak) = try #require(end.first) else {
            Issue.record("the storm did not end")
            return
        }
        #expect(end.count == 1 && peak == 1_000 && course.detector.report == nil)
    }

    @Test("the clients of a worker that has just started are none")
    func start() {
        var course = Course()
        #expect(course.run(400, seconds: 5, policy).isEmpty)
        #expect(course.run(0, seconds: 60, policy).isEmpty)
        #expect(course.run(1_000, seconds: 5, policy).count == 1)
    }

    @Test("a storm does not become the usual pace")
    func baseline() {
        var course = Course()
        _ = course.run(20, seconds: 600, policy)
        #expect(course.run(1_000, seconds: 600, policy).count == 1)
        #expect(course.run(20, seconds: 60, policy).count == 1)
        #expect(course.run(1_000, seconds: 5, policy).count == 1)
    }

    @Test("a rate between half the threshold and the threshold neither begins nor ends a storm")
    func hysteresis() {
        var course = Course()
        _ = course.run(10, seconds: 300, policy)
        #expect(course.run(45, seconds: 10, policy).isEmpty)
        #expect(course.run(200, seconds: 5, policy).count == 1)
        #expect(course.run(45, seconds: 60, policy).isEmpty)
        #expect(course.run(10, seconds: 20, policy).count == 1)
    }
}

@Suite("Churn of a worker")
struct ChurnRingTests {
    @Test("closes of the last minute count, as a part of who was there, and planned ones apart")
    func lastMinute() {
        var ring = ChurnRing()
        ring.mark(closes: 0, planned: 0, connections: 100, at: UnixTime(seconds: 0))
        ring.mark(closes: 10, planned: 0, connections: 90, at: UnixTime(seconds: 30))
        #expect(ring.perMinute.all == 0.1 && ring.perMinute.planned == 0)
        for second in 31...80 {
            ring.mark(closes: 10, planned: 0, connections: 90, at: UnixTime(seconds: Double(second)))
        }
        ring.mark(closes: 55, planned: 45, connections: 45, at: UnixTime(seconds: 95))
        #expect(ring.perMinute.all == 0.5 && ring.perMinute.planned == 0.5)
        ring.mark(closes: 55, planned: 45, connections: 45, at: UnixTime(seconds: 155))
        ring.mark(closes: 55, planned: 45, connections: 45, at: UnixTime(seconds: 215))
        #expect(ring.perMinute == (0, 0))
    }
}
