import Foundation
import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("What arrived and waits for its turn")
struct IntakeTests {
    @Test("important messages have their turn first, each class in its order")
    func order() {
        var intake = Intake()
        for (sequence, criticality) in [
            (1, Criticality.bestEffort), (2, .important), (3, .bestEffort), (4, .important),
        ] {
            intake.add(delivery(UInt64(sequence), criticality))
        }
        #expect(sequences { intake.popFirst() } == [2, 4, 1, 3])
        #expect(intake.isEmpty && intake.bytes == 0)
    }

    @Test("over its bound the oldest best effort leaves, and the oldest important only when there is none")
    func bound() {
        var intake = Intake()
        for sequence in 1...4 { intake.add(delivery(UInt64(sequence), sequence % 2 == 0 ? .important : .bestEffort)) }
        let one = intake.bytes / 4
        #expect(sequences { intake.popExcess(over: one) } == [1, 3, 2])
        #expect(intake.bytes == one)
        #expect(sequences { intake.popFirst() } == [4])
    }

    private func sequences(_ next: () -> Delivery?) -> [UInt64] {
        var all: [UInt64] = []
        while let delivery = next() { all.append(delivery.sequence) }
        return all
    }

    private func delivery(_ sequence: UInt64, _ criticality: Criticality) -> Delivery {
        Delivery(
            frame: ByteBuffer(string: "message"), audience: Audience(), sequence: sequence, criticality: criticality,
            publishedAt: .uptimeNanoseconds(0))
    }
}

@Suite("Keys to coalesce by")
struct CoalesceKeyTests {
    @Test("the key of the data counts, else the topic, apart for each audience; a message with neither has none")
    func keys() throws {
        let north = Audience(room: RoomName("ops:north"))
        let south = Audience(room: RoomName("ops:south"))
        let keyed = #"{"event_type":"at","data":{"coalesce_key":"unit-7","x":1}}"#
        #expect(try key(keyed, north) == key(keyed.replacingOccurrences(of: "1}", with: "2}"), north))
        #expect(try key(keyed, north) != key(keyed, south))
        #expect(try key(keyed, north) != key(keyed, Audience(room: north.room, role: "ADMIN")))
        let plain = #"{"event_type":"at","data":{}}"#
        #expect(try key(plain, north) != nil)
        #expect(try key(plain, north) != key(plain, south))
        #expect(try key(plain, Audience(user: "ana")) == nil)
        #expect(try key(#"{"event_type":"at","topic":"ops:north"}"#, Audience(user: "ana")) != nil)
        #expect(try key(keyed, Audience(user: "ana")) != nil)
        let long = #"{"event_type":"at","data":{"coalesce_key":"\#(String(repeating: "k", count: 129))"}}"#
        #expect(try key(long, Audience()) == nil)
    }

    private func key(_ text: String, _ audience: Audience) throws -> String? {
        let payload = ByteBuffer(string: text)
        return CoalesceKey.key(of: payload, try EnvelopeHeader(try JSONObject(payload)), audience)
    }
}
