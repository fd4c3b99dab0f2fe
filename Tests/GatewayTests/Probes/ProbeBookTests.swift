import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("A worker's book of probes")
struct ProbeBookTests {
    let start = UnixTime(microseconds: 1_795_457_902_000_000)
    var book: ProbeBook

    init() {
        book = ProbeBook(
            drill: "d", worker: WorkerID("gw-w0"), run: "r", lanes: ProbeLane.allCases, lateAfter: .milliseconds(500),
            primary: "old:1", at: start)
    }

    private func at(_ seconds: Double) -> UnixTime { start.advanced(by: .seconds(seconds)) }

    private func token(_ number: Int, sent: Double, run: String = "x") -> ProbeToken {
        ProbeToken(drill: "d", run: run, number: number, sentAt: at(sent), sender: WorkerID("gw-w1"))
    }

    @Test("a token is read back as it was written, and other text is none")
    func tokens() {
        let token = token(12, sent: 1)
        #expect(ProbeToken(token.text) == token)
        for text in ["", "probe/d/r/0/1/w", "probe/d/r/1/x/w", "probe/d/r/1/1/", "other/d/r/1/1/w"] {
            #expect(ProbeToken(text) == nil)
        }
    }

    @Test("a critical message that failed is sent again with its id until it is acknowledged; one of Pub/Sub is not")
    mutating func repeats() throws {
        let (first, second) = (book.next(.stream, at: at(0)), book.next(.pubsub, at: at(0)))
        let (critical, other) = (try #require(first), try #require(second))
        book.failed(critical.number, .stream)
        book.failed(other.number, .pubsub)
        let repeats = [
            book.repeats(.stream, limit: 9), book.repeats(.stream, limit: 9), book.repeats(.pubsub, limit: 9),
        ]
        #expect(repeats == [[critical], [], []])
        book.acknowledged(critical.number, .stream)
        let sent = book.report(at: at(1)).sent
        #expect(sent.map(\.acknowledged.count) == [0, 1])
        #expect(sent.map(\.failures) == [1, 1])
    }

    @Test("no more than a bound wait for their acknowledgement; those not sent are counted")
    mutating func bound() {
        for _ in 0..<ProbeBook.maximumPending { _ = book.next(.stream, at: at(0)) }
        let refused = book.next(.stream, at: at(0))
        #expect(refused == nil)
        #expect(book.report(at: at(1)).sent.first { $0.lane == .stream }?.withheld == 1)
    }

    @Test("what comes twice is told from what its message id gave away, and what is late from what is on time")
    mutating func receiving() {
        book.received(token(1, sent: 0), .stream, isRecognised: false, at: at(0.2))
        book.received(token(2, sent: 1), .stream, isRecognised: false, at: at(2.9))
        book.received(token(2, sent: 1), .stream, isRecognised: true, at: at(3))
        book.received(token(1, sent: 0), .stream, isRecognised: false, at: at(3))
        let receipts = book.report(at: at(3)).received
        #expect(receipts.count == 1)
        #expect(receipts.first?.received.ranges == [1...2])
        #expect(receipts.first?.late == 1)
        #expect(receipts.first?.suppressed == 1)
        #expect(receipts.first?.duplicated == 1)
    }

    @Test("clocks that differ make nothing late")
    mutating func skew() {
        for number in 1...3 {
            book.received(
                token(number, sent: 100 + Double(number)), .pubsub, isRecognised: false, at: at(Double(number)))
        }
        #expect(book.report(at: at(4)).received.first?.late == 0)
    }

    @Test("a worker that was started again counts from one again")
    mutating func restart() {
        book.received(token(7, sent: 0), .pubsub, isRecognised: false, at: at(1))
        book.received(token(1, sent: 1, run: "y"), .pubsub, isRecognised: false, at: at(2))
        #expect(book.report(at: at(3)).received.first?.received.ranges == [1...1])
    }

    @Test("the longest gaps are kept, with the one that lasts")
    mutating func gaps() throws {
        for (number, time) in [1.0, 1.05, 4.05, 4.1].enumerated() {
            book.received(token(number + 1, sent: time), .pubsub, isRecognised: false, at: at(time))
        }
        let lane = try #require(book.report(at: at(9)).lanes.first { $0.lane == .pubsub })
        #expect(lane.gaps.map { ($0.length.inSeconds * 100).rounded() } == [490, 300, 100])
        #expect(lane.gaps.first?.from == at(4.1))
        let ended = book.report(at: at(9), end: at(4.3)).lanes.first { $0.lane == .pubsub }
        #expect(ended?.gaps.count == 3 && ended?.gaps.first.map { $0.length < .seconds(3.1) } == true)
        #expect(lane.lastReceivedAt == at(4.1))
    }

    @Test("a move tells when the old primary was left, and what came first from the new one")
    mutating func moving() throws {
        book.left(because: "reset", at: at(1))
        book.received(token(1, sent: 1), .stream, isRecognised: false, at: at(1.5))
        book.resubscribed(to: "new:1", at: at(2))
        book.received(token(1, sent: 2), .pubsub, isRecognised: false, at: at(2.5))
        book.received(token(2, sent: 2), .stream, isRecognised: false, at: at(3))
        book.received(token(3, sent: 2), .stream, isRecognised: false, at: at(3.5))
        let move = try #require(book.report(at: at(4)).moves.first)
        #expect(move.from == "old:1" && move.to == "new:1")
        #expect(move.leftAt == at(1) && move.resubscribedAt == at(2))
        #expect(move.firstPubSubAt == at(2.5) && move.firstStreamAt == at(3))
    }
}
