import NIOCore
import Testing

@testable import Redis

@Suite("Link state")
struct LinkStateTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private var random = SystemRandomNumberGenerator()

    @Test("refused dials never end the retrying")
    mutating func refusals() {
        var link = LinkState()
        #expect(link.start() == .dial)
        for _ in 0..<1000 {
            #expect(link.ended(at: start, random: &random).isRetry)
            #expect(link.waitIsOver() == .dial)
        }
        #expect(link.opened(at: start) == .announce)
    }

    @Test("a lost connection is dialled again after the wait, and not twice")
    mutating func loss() {
        var link = LinkState()
        _ = link.start()
        _ = link.opened(at: start)
        #expect(link.start() == .none)
        #expect(link.ended(at: start, random: &random).isRetry)
        #expect(link.ended(at: start, random: &random) == .none)
        #expect(link.waitIsOver() == .dial)
        #expect(link.waitIsOver() == .none)
    }

    @Test("waits grow over connections that end soon, and are short again after one that lasted")
    func patience() {
        var link = LinkState(backoff: Backoff(base: .milliseconds(100), cap: .seconds(5)))
        var highest = Highest()
        _ = link.start()
        var now = start
        for expected in [100, 200, 400, 800] {
            _ = link.opened(at: now)
            now = now + .seconds(1)
            #expect(link.ended(at: now, random: &highest).wait.isAbout(.milliseconds(expected)))
            _ = link.waitIsOver()
        }
        _ = link.opened(at: now)
        #expect(link.ended(at: now + .seconds(5), random: &highest).wait.isAbout(.milliseconds(100)))
    }

    @Test("when Redis moves, a link that is up is closed, and dials again at once when it has ended")
    mutating func movedUp() {
        var link = LinkState()
        _ = link.start()
        _ = link.opened(at: start)
        #expect(link.moved() == .close)
        #expect(link.moved() == .none)
        #expect(link.ended(at: start, random: &random) == .dial)
        #expect(link.opened(at: start) == .announce)
    }

    @Test("when Redis moves, a dial under way is given up and a wait ends")
    mutating func movedDown() {
        var link = LinkState()
        _ = link.start()
        #expect(link.moved() == .close)
        #expect(link.opened(at: start) == .close && !link.isDialWanted)
        #expect(link.ended(at: start, random: &random) == .dial)
        #expect(link.ended(at: start, random: &random).isRetry)
        #expect(link.moved() == .dial)
        #expect(link.waitIsOver() == .none)
    }

    @Test("a link that leaves and is stopped dials no more")
    mutating func movedAndStopped() {
        var link = LinkState()
        _ = link.start()
        _ = link.moved()
        #expect(link.stop() == .close)
        #expect(link.ended(at: start, random: &random) == .finished)
    }

    @Test("stopping an open link closes it and is done when it has ended")
    mutating func stopUp() {
        var link = LinkState()
        _ = link.start()
        _ = link.opened(at: start)
        #expect(link.stop() == .close)
        #expect(link.ended(at: start, random: &random) == .finished)
        #expect(link.start() == .none)
    }

    @Test("stopping while dialling closes what the dial brings")
    mutating func stopDialling() {
        var link = LinkState()
        _ = link.start()
        #expect(link.stop() == .close)
        #expect(link.opened(at: start) == .close)
        #expect(link.ended(at: start, random: &random) == .finished)
    }

    @Test("stopping while waiting is done at once, and the wait's end dials nothing")
    mutating func stopWaiting() {
        var link = LinkState()
        _ = link.start()
        _ = link.ended(at: start, random: &random)
        #expect(link.stop() == .finished)
        #expect(link.waitIsOver() == .none)
    }
}

extension LinkState.EndAction {
    fileprivate var isRetry: Bool { wait != nil }

    fileprivate var wait: Duration? {
        if case .retry(let wait) = self { wait } else { nil }
    }
}

extension Duration? {
    fileprivate func isAbout(_ expected: Duration) -> Bool {
        map { (expected - .microseconds(1)...expected).contains($0) } ?? false
    }
}
