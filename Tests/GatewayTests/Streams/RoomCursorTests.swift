import NIOCore
import Testing

@testable import Gateway

@Suite("Following a stream")
struct RoomCursorTests {
    private var cursor = RoomCursor()

    @Test("the position is asked for once Pub/Sub is confirmed, and members are told when it is known")
    mutating func begins() {
        #expect(cursor.confirmed() == [.askPosition])
        #expect(cursor.top(at(5), asked: nil, isFinal: false) == [.ready])
        #expect(cursor.position == at(5) && cursor.isLive)
    }

    @Test("the first message tells the position as well")
    mutating func beginsWithMessage() {
        _ = cursor.confirmed()
        #expect(cursor.message(message(7, after: 6)) == [.deliver(message(7, after: 6)), .ready])
        // The answer to the question of before is older.
        #expect(cursor.top(at(6), asked: nil, isFinal: false).isEmpty)
        #expect(cursor.position == at(7))
    }

    @Test("messages that follow are delivered, and those that were are not again")
    mutating func delivers() {
        start(at: 5)
        #expect(cursor.message(message(6, after: 5)) == [.deliver(message(6, after: 5))])
        #expect(cursor.message(message(6, after: 5)).isEmpty)
        #expect(cursor.message(message(5, after: 4)).isEmpty)
        #expect(cursor.position == at(6))
    }

    @Test("a gap is read from the stream, and what came behind it waits")
    mutating func repairsGap() {
        start(at: 5)
        #expect(cursor.message(message(8, after: 7)) == [.fetch(from: offset(5))])
        #expect(cursor.message(message(9, after: 8)).isEmpty)
        let steps = cursor.page(page(5, 6, 7, 8), limit: 10)
        #expect(
            steps == [
                .deliver(read(6, 5)), .deliver(read(7, 6)), .deliver(read(8, 7)), .deliver(message(9, after: 8)),
                .ready,
            ])
        #expect(cursor.position == at(9) && cursor.repaired == 2)
    }

    @Test("what came after the page was read is read again where it does not follow")
    mutating func repairsSecondGap() {
        start(at: 5)
        #expect(cursor.message(message(8, after: 7)) == [.fetch(from: offset(5))])
        #expect(cursor.message(message(11, after: 10)).isEmpty)
        #expect(cursor.page(page(5, 6, 7, 8), limit: 10).last == .fetch(from: offset(8)))
        #expect(cursor.page(page(8, 9, 10, 11), limit: 10).last == .ready)
        #expect(cursor.position == at(11))
    }

    @Test("a stream that went on unheard is read, after a moment for messages on their way")
    mutating func repairsTail() {
        start(at: 5)
        #expect(cursor.check() == [.askPosition])
        #expect(cursor.top(at(6), asked: at(5), isFinal: false) == [.lookAgain(top: at(6), asked: at(5))])
        #expect(cursor.top(at(6), asked: at(5), isFinal: true) == [.fetch(from: offset(5))])
        // It comes after all.
        #expect(cursor.message(message(6, after: 5)) == [.deliver(message(6, after: 5))])
        #expect(cursor.page(page(5, 6), limit: 10) == [.ready])
        #expect(cursor.top(at(6), asked: at(6), isFinal: false).isEmpty && cursor.repaired == 0)
    }

    @Test("after a reconnect members are told again only when nothing is missing")
    mutating func reconnects() {
        start(at: 5)
        cursor.lostConnection()
        #expect(!cursor.isLive && cursor.check().isEmpty)
        #expect(cursor.confirmed() == [.askPosition])
        #expect(cursor.top(at(7), asked: at(5), isFinal: false) == [.fetch(from: offset(5))])
        #expect(cursor.page(page(5, 6, 7), limit: 10) == [.deliver(read(6, 5)), .deliver(read(7, 6)), .ready])
        cursor.lostConnection()
        #expect(cursor.confirmed() == [.askPosition])
        #expect(cursor.top(at(7), asked: at(7), isFinal: false) == [.ready])
    }

    @Test("a page that was asked for before a reconnect does not end the search")
    mutating func reconnectsWhileReading() {
        start(at: 5)
        _ = cursor.message(message(8, after: 7))
        cursor.lostConnection()
        #expect(cursor.confirmed().isEmpty)
        #expect(cursor.page(page(5, 6, 7, 8), limit: 10).last == .askPosition)
        #expect(cursor.top(at(9), asked: at(8), isFinal: false) == [.fetch(from: offset(8))])
        #expect(cursor.page(page(8, 9), limit: 10) == [.deliver(read(9, 8)), .ready])
    }

    @Test("more than a replay holds is given up, and what is at hand goes on from the top")
    mutating func tooMany() {
        start(at: 5)
        _ = cursor.message(message(20, after: 19))
        #expect(cursor.page(page(5, 6, 7, 8, hasMore: true), limit: 2) == [.askPosition])
        #expect(cursor.message(message(21, after: 20)).isEmpty)
        #expect(
            cursor.top(at(20), asked: at(5), isFinal: false) == [
                .deliver(message(20, after: 19)), .deliver(message(21, after: 20)), .lost(.tooMany), .ready,
            ])
        #expect(cursor.position == at(21))
    }

    @Test("an entry that is gone means that members may have missed something; they get what is left")
    mutating func trimmed() {
        start(at: 5)
        _ = cursor.message(message(9, after: 8))
        #expect(
            cursor.page(page(8, 9), limit: 10) == [
                .deliver(StreamMessage(position: at(8), payload: payload(8))), .deliver(read(9, 8)), .lost(.trimmed),
                .ready,
            ])
        #expect(cursor.message(message(10, after: 9)) == [.deliver(message(10, after: 9))])
    }

    @Test("another epoch is another stream, whatever its offsets")
    mutating func epochChanged() {
        start(at: 5)
        let first = StreamMessage(
            position: StreamPosition(epoch: "f", offset: offset(8)), previous: offset(7), payload: payload(8))
        #expect(cursor.message(first) == [.fetch(from: offset(5))])
        let page = StreamPage(
            epoch: "f",
            entries: [
                StreamEntry(offset: offset(7), payload: nil), StreamEntry(offset: offset(8), payload: payload(8)),
            ])
        #expect(cursor.page(page, limit: 10) == [.deliver(first), .lost(.epochChanged), .ready])
        #expect(cursor.position == first.position)
    }

    @Test("a stream that went back is noticed by its top, and members are told")
    mutating func wentBack() {
        start(at: 9)
        cursor.lostConnection()
        _ = cursor.confirmed()
        #expect(cursor.top(at(7), asked: at(9), isFinal: false) == [.fetch(from: offset(9))])
        #expect(cursor.page(page(), limit: 10) == [.askPosition])
        #expect(cursor.top(at(7), asked: at(9), isFinal: false) == [.lost(.trimmed), .ready])
        #expect(cursor.message(message(8, after: 7)) == [.deliver(message(8, after: 7))])
    }

    @Test("a message that follows an entry delivered before the last one follows: a failover lost those between")
    mutating func lostTail() {
        start(at: 5)
        for number in 6...8 { _ = cursor.message(message(UInt64(number), after: UInt64(number - 1))) }
        #expect(cursor.message(message(11, after: 6)) == [.deliver(message(11, after: 6))])
    }

    @Test("a message that follows an older entry which never came means that the stream went on without the worker")
    mutating func splitBrain() {
        start(at: 5)
        for number in [6, 8] as [UInt64] { _ = cursor.message(message(number, after: number == 6 ? 5 : 6)) }
        #expect(cursor.message(message(11, after: 7)) == [.fetch(from: offset(8))])
        #expect(
            cursor.page(page(11), limit: 10) == [
                .deliver(StreamMessage(position: at(11), payload: payload(11))), .lost(.trimmed), .ready,
            ])
    }

    @Test("a message that says to be in the stream and is not is delivered once, and holds nobody up")
    mutating func stranger() {
        start(at: 5)
        _ = cursor.message(message(99, after: 98))
        #expect(cursor.message(message(6, after: 5)).isEmpty)
        #expect(
            cursor.page(page(5), limit: 10) == [
                .deliverUnplaced(message(99, after: 98)), .deliver(message(6, after: 5)), .ready,
            ])
    }

    @Test("what waits is bounded; beyond, the stream is read again")
    mutating func bounded() {
        start(at: 1)
        for number in 3...(HeldMessages.maximumCount + 100) {
            _ = cursor.message(message(UInt64(number), after: UInt64(number - 1)))
        }
        let steps = cursor.page(page(1, 2, 3), limit: 2_000)
        #expect(steps.last == .fetch(from: offset(UInt64(HeldMessages.maximumCount + 2))))
    }

    @Test("messages do not wait for ever for a stream that cannot be read")
    mutating func unreadable() {
        start(at: 5)
        _ = cursor.message(message(8, after: 7))
        for _ in 1..<RoomCursor.maximumFailures {
            #expect(cursor.pageFailed().isEmpty)
            #expect(cursor.check() == [.fetch(from: offset(5))])
        }
        #expect(cursor.pageFailed() == [.deliver(message(8, after: 7)), .lost(.unreadable), .ready])
    }

    @Test("only failures in a row count: an answer in between begins anew")
    mutating func answersBetween() {
        start(at: 5)
        for _ in 1..<RoomCursor.maximumFailures { #expect(cursor.topFailed().isEmpty) }
        #expect(cursor.top(at(5), asked: at(5), isFinal: false).isEmpty)
        #expect(cursor.message(message(8, after: 7)) == [.fetch(from: offset(5))])
        #expect(cursor.pageFailed().isEmpty)
    }

    @Test("a page that ends at its bound on bytes is not the last")
    mutating func pages() {
        start(at: 1)
        _ = cursor.message(message(5, after: 4))
        #expect(cursor.page(page(1, 2, 3, hasMore: true), limit: 10).last == .fetch(from: offset(3)))
        #expect(cursor.page(page(3, 4, 5), limit: 10).last == .ready)
        #expect(cursor.position == at(5))
    }
}

extension RoomCursorTests {
    private mutating func start(at number: UInt64) {
        _ = cursor.confirmed()
        _ = cursor.top(at(number), asked: nil, isFinal: false)
    }

    private func offset(_ number: UInt64) -> StreamOffset { StreamOffset(milliseconds: number, number: 0) }
    private func at(_ number: UInt64) -> StreamPosition { StreamPosition(epoch: "e", offset: offset(number)) }
    private func payload(_ number: UInt64) -> ByteBuffer { ByteBuffer(string: "\(number)") }

    private func message(_ number: UInt64, after previous: UInt64) -> StreamMessage {
        read(number, previous)
    }

    private func read(_ number: UInt64, _ previous: UInt64) -> StreamMessage {
        StreamMessage(position: at(number), previous: offset(previous), payload: payload(number))
    }

    private func page(_ numbers: UInt64..., hasMore: Bool = false) -> StreamPage {
        StreamPage(
            epoch: "e", entries: numbers.map { StreamEntry(offset: offset($0), payload: payload($0)) },
            hasMore: hasMore)
    }
}
