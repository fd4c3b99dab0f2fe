import Testing

@testable import AdminClient

@Suite("The link to one worker")
struct WorkerLinkTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("connects at the first tick, and gives up after two seconds without an answer")
    func givesUp() {
        var link = WorkerLink(at: start)
        #expect(link.tick(at: at(0)) == .connect)
        #expect(link.tick(at: at(1)) == .none)
        #expect(link.tick(at: at(2)) == .disconnect(.timedOut, isNews: true))
    }

    @Test("waits longer after each failure, up to five ticks, and starts over once it was heard")
    func backsOff() {
        var link = WorkerLink(at: start)
        var now = 0.0
        var waits: [Int] = []
        for _ in 0..<5 {
            #expect(link.tick(at: at(now)) == .connect)
            _ = link.ended(.refused, at: at(now))
            let wait = (1...10).first { link.tick(at: at(now + Double($0))) == .connect } ?? 0
            waits.append(wait)
            now += Double(wait)
            _ = link.ended(.refused, at: at(now))
            now += 100
        }
        #expect(waits == [1, 4, 5, 5, 5])
        _ = link.tick(at: at(now))
        link.heard(at: at(now))
        _ = link.ended(.closed, at: at(now))
        #expect(link.tick(at: at(now + 1)) == .connect)
    }

    @Test("tells of the same failure once, and again after it was heard in between")
    func reportsOnce() {
        var link = WorkerLink(at: start)
        #expect(link.ended(.refused, at: at(0)) == true)
        #expect(link.ended(.refused, at: at(1)) == false)
        #expect(link.ended(.timedOut, at: at(2)) == true)
        link.heard(at: at(3))
        #expect(link.ended(.timedOut, at: at(4)) == true)
    }

    @Test("reports a silent worker after three seconds, keeps the stream, and replaces it after ten more")
    func silence() {
        var link = WorkerLink(at: start)
        link.heard(at: at(0))
        #expect(link.tick(at: at(3)) == .none)
        #expect(link.tick(at: at(4)) == .report(.silent))
        #expect(link.tick(at: at(13)) == .none)
        #expect(link.tick(at: at(14)) == .disconnect(.silent, isNews: false))
    }

    @Test("is tried at once when its socket was made anew")
    func retriesSoon() {
        var link = WorkerLink(at: start)
        for _ in 0..<4 { _ = link.ended(.refused, at: at(0)) }
        #expect(link.tick(at: at(1)) == .none)
        link.retrySoon(at: at(1))
        #expect(link.tick(at: at(1)) == .connect)
    }
}
