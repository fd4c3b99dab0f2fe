import FleetModel
import Testing

@testable import Gateway

@Suite("Recent messages")
struct RecentMessagesTests {
    private let a = Audience(user: "a")
    private let b = Audience(user: "b")

    @Test("a message is known with every audience it was served to")
    func remembers() {
        var recent = RecentMessages()
        #expect(recent.serve("m", a, sequence: 1) == [])
        #expect(recent.serve("m", b, sequence: 2) == [ServedAudience(audience: a, sequence: 1)])
        #expect(recent.serve("m", a, sequence: 3).map(\.audience) == [a, b])
        #expect(recent.serve("other", a, sequence: 4) == [])
    }

    @Test("what is served again counts from the last time")
    func renews() {
        var recent = RecentMessages()
        _ = recent.serve("m", a, sequence: 1)
        _ = recent.serve("m", a, sequence: 2)
        #expect(recent.serve("m", b, sequence: 3) == [ServedAudience(audience: a, sequence: 2)])
    }

    @Test("ids are kept for at least a generation, and not for ever")
    func bounded() {
        var recent = RecentMessages(generationSize: 10)
        for index in 0..<25 { _ = recent.serve("m\(index)", a, sequence: UInt64(index)) }
        #expect(recent.serve("m15", b, sequence: 99) != [])
        #expect(recent.serve("m4", b, sequence: 99) == [])
    }

    @Test("what may have been dropped stands for no critical copy, and what is in a stream for none in another room")
    func assurance() {
        let (x, y) = (Audience(room: RoomName("gov:x")), Audience(room: RoomName("gov:y")))
        var recent = RecentMessages()
        #expect(recent.serve("m", a, sequence: 1) == [])
        #expect(recent.serve("m", b, sequence: 2, .critical) == [])
        #expect(recent.serve("m", x, sequence: 3, .placed).map(\.audience) == [b])
        #expect(recent.serve("m", y, sequence: 4, .placed).map(\.audience) == [b])
        #expect(recent.serve("m", x, sequence: 5, .placed).map(\.audience) == [b, x])
        #expect(recent.serve("m", a, sequence: 6).map(\.audience) == [a, b, y, x])
    }
}
