import Testing

@testable import LoadGenerator

struct RoomJoiningTests {
    private let place = StreamPosition(milliseconds: 5, number: 1, epoch: "e")

    @Test("a client joins all its rooms anew the first time, and is in once that is confirmed")
    func first() {
        var joining = RoomJoining()
        #expect(joining.begin([0, 1]) == [.subscribe([0, 1])])
        #expect(!joining.isComplete)
        #expect(joining.subscribed([1: place]) == [0, 1])
        #expect(joining.isComplete)
        #expect(joining.positions == [1: place])
    }

    @Test("a client that comes back resumes the rooms that are kept in a stream, and joins the others anew")
    func returns() {
        var joining = joined()
        #expect(joining.begin([0, 1]) == [.subscribe([0]), .resume(1, place)])
        #expect(joining.subscribed([:]) == [0])
        #expect(joining.outstanding == [.resume(1, place)])
        #expect(joining.resumed(1, isRecovered: true, position: StreamPosition(offset: "9-0", epoch: "e")) == true)
        #expect(joining.isComplete)
        #expect(joining.positions[1] == place, "it has not read that far yet")
    }

    @Test("a room that was not recovered goes on from where the server says that it stands")
    func notRecovered() {
        var joining = joined()
        _ = joining.begin([1])
        let top = StreamPosition(milliseconds: 9, number: 0, epoch: "f")
        #expect(joining.resumed(1, isRecovered: false, position: top) == true)
        #expect(joining.positions[1] == top)
    }

    @Test("a room that cannot be resumed is joined anew")
    func refused() {
        var joining = joined()
        _ = joining.begin([1])
        #expect(joining.cannotResume(1) == .subscribe([1]))
        #expect(!joining.isComplete)
        #expect(joining.subscribed([:]) == [1])
        #expect(joining.isComplete)
        #expect(joining.begin([1]) == [.subscribe([1])])
    }

    @Test("a loss that the server tells by itself is taken for what it is, in rooms that are kept in a stream")
    func lost() {
        var joining = joined()
        let top = StreamPosition(milliseconds: 1, number: 0, epoch: "f")
        #expect(joining.resumed(1, isRecovered: false, position: top) == true)
        #expect(joining.positions[1] == top)
        #expect(joining.isComplete)
        #expect(joining.resumed(0, isRecovered: false, position: top) == false)
    }

    @Test("an answer that nobody asked for is told to be one, and the position follows the messages")
    func unasked() {
        var joining = joined()
        #expect(joining.resumed(1, isRecovered: true, position: nil) == false)
        #expect(joining.cannotResume(1) == nil)
        let message = #"{"stream":{"room":"r","offset":"7-2","epoch":"e","prev":"5-1"}}"#
        Array(message.utf8).withUnsafeBytes { bytes in
            if let mark = StreamMark(in: bytes) { joining.received(1, at: mark) }
        }
        #expect(joining.positions[1] == StreamPosition(milliseconds: 7, number: 2, epoch: "e"))
    }

    /// In rooms 0 and 1, of which 1 is kept in a stream.
    private func joined() -> RoomJoining {
        var joining = RoomJoining()
        _ = joining.begin([0, 1])
        _ = joining.subscribed([1: place])
        return joining
    }
}
