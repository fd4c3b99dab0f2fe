import NIOCore
import Testing

@testable import Gateway

@Suite("Frames of a tick")
struct TickFramesTests {
    @Test("one frame is handed out as it is, without a copy")
    func single() {
        var tick = TickFrames()
        let frame = ByteBuffer(string: "one")
        tick.add(message(frame))
        let node = tick.append(to: TickFrames.none)
        #expect(storage(tick.take(node)) == storage(frame))
    }

    @Test("each client gets its own frames, in order, and equal lists are joined once")
    func joined() {
        var tick = TickFrames()
        var waiting = [Int: TickFrames.Node]()
        let takers = [[0, 1, 2, 3], [0, 2], [0, 1, 2, 3], [1, 3]]
        for (index, clients) in takers.enumerated() {
            tick.add(message(ByteBuffer(string: "<\(index)>")))
            for client in clients { waiting[client] = tick.append(to: waiting[client] ?? TickFrames.none) }
        }
        #expect(waiting[0] == waiting[2] && waiting[1] == waiting[3] && waiting[0] != waiting[1])
        #expect(tick.bytes(waiting[0] ?? 0) == 9)
        let written = (0..<4).map { tick.take(waiting[$0] ?? TickFrames.none) }
        #expect(written.map { String(buffer: $0) } == ["<0><1><2>", "<0><2><3>", "<0><1><2>", "<0><2><3>"])
        #expect(storage(written[0]) == storage(written[2]) && storage(written[1]) == storage(written[3]))
        #expect(tick.settle().map(\.takers) == [4, 2, 4, 2])
        #expect(tick.settle().isEmpty)
    }

    @Test("a client that is gone leaves the others' frames alone")
    func leaving() {
        var tick = TickFrames()
        var (first, second) = (TickFrames.none, TickFrames.none)
        for text in ["a", "b"] {
            tick.add(message(ByteBuffer(string: text)))
            first = tick.append(to: first)
            second = tick.append(to: second)
        }
        tick.leave(first)
        #expect(String(buffer: tick.take(second)) == "ab")
        tick.reset()
        #expect(tick.isEmpty && tick.bytes(TickFrames.none) == 0)
    }

    @Test("a list is taken as single messages too, and those are not counted as written")
    func singly() {
        var tick = TickFrames()
        var (first, second) = (TickFrames.none, TickFrames.none)
        for text in ["a", "b", "c"] {
            tick.add(message(ByteBuffer(string: text)))
            if text != "b" { first = tick.append(to: first) }
            second = tick.append(to: second)
        }
        #expect(tick.takeMessages(first).map { String(buffer: $0.frame) } == ["a", "c"])
        #expect(String(buffer: tick.take(second)) == "abc")
        #expect(tick.settle().map(\.takers) == [1, 1, 1])
    }

    private func message(_ frame: ByteBuffer) -> OutboundMessage {
        OutboundMessage(frame: frame, criticality: .bestEffort, publishedAt: .now())
    }

    private func storage(_ buffer: ByteBuffer) -> UnsafeRawPointer? {
        buffer.withUnsafeReadableBytes(\.baseAddress)
    }
}
