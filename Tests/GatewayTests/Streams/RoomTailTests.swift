import NIOCore
import Testing

@testable import Gateway

@Suite("The tail of a room")
struct RoomTailTests {
    @Test("it has what came after an entry that it knows, and nothing to say of others")
    func after() {
        var tail = RoomTail(after: offset(5))
        #expect(tail.after(offset(5))?.isEmpty == true)
        for number in [6, 8, 9] { tail.append(delivery(number)) }
        #expect(tail.after(offset(5))?.map(\.sequence) == [6, 8, 9])
        #expect(tail.after(offset(8))?.map(\.sequence) == [9])
        #expect(tail.after(offset(9))?.isEmpty == true)
        for unknown in [4, 7, 10] { #expect(tail.after(offset(unknown)) == nil) }
    }

    @Test("it is bounded by count and by bytes, and knows where it begins")
    func bounded() {
        var tail = RoomTail(after: offset(0))
        for number in 1...(RoomTail.maximumCount + 3) { tail.append(delivery(number)) }
        #expect(tail.after(offset(2)) == nil)
        #expect(tail.after(offset(3))?.count == RoomTail.maximumCount)
        tail.append(delivery(1_000, size: 600_000))
        tail.append(delivery(1_001, size: 600_000))
        #expect(tail.after(offset(1_000))?.map(\.sequence) == [1_001])
        #expect(tail.after(offset(3)) == nil && tail.bytes == 600_000)
        tail.append(delivery(1_002), allowance: 0)
        #expect(tail.after(offset(1_002))?.isEmpty == true && tail.bytes == 0)
    }

    private func offset(_ number: Int) -> StreamOffset { StreamOffset(milliseconds: UInt64(number), number: 0) }

    private func delivery(_ number: Int, size: Int = 10) -> Delivery {
        Delivery(
            frame: ByteBuffer(repeating: 0, count: size), audience: Audience(), sequence: UInt64(number),
            criticality: .critical, publishedAt: .uptimeNanoseconds(0),
            position: StreamPosition(epoch: "e", offset: offset(number)))
    }
}
