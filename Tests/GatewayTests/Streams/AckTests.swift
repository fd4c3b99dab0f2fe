import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Acknowledgements")
struct AckTests {
    @Test("they are counted once for each connection, over all loops, and can be read")
    func counted() async throws {
        try await StreamWorld.run(loops: 2) { world in
            var members: [TestClient] = []
            for _ in 0..<6 { members.append(try await world.member().0) }
            let position = world.publish("a")
            world.publish("b")
            for member in members { #expect(try await member.messageIDs(2) == ["a", "b"]) }
            for member in members.prefix(4) {
                for id in ["a", "a", "unknown"] { try await Self.acknowledge(id, member) }
            }
            // Who is not in the room cannot have got it.
            let stranger = try await world.client()
            try await Self.acknowledge("a", stranger)
            try await eventually("all are counted") {
                let snapshot = await world.worker.plane.snapshot()
                return snapshot.acksTotal == 4 && snapshot.ignoredAcksTotal == 9
            }
            let page = try await world.worker.plane.acks(nil, after: nil, limit: 1)
            #expect(page.total == 2 && page.items.map(\.messageID) == ["b"])
            let rest = try await world.worker.plane.acks(nil, after: page.nextCursor, limit: 10)
            let report = try #require(rest.items.first)
            #expect(rest.items.count == 1 && rest.nextCursor == nil)
            #expect(report.messageID == "a" && report.room == world.name && report.offset == position.offset)
            #expect(report.delivered == 6 && report.acknowledged == 4)
            #expect(try await world.worker.plane.acks("b", after: nil, limit: 10).items.map(\.acknowledged) == [0])
            #expect(try await world.worker.plane.acks("c", after: nil, limit: 10).items.isEmpty)
            await #expect(throws: (any Error).self) {
                try await world.worker.plane.acks(nil, after: "nonsense", limit: 1)
            }
        }
    }

    @Test("one who comes back and gets a message again is another connection")
    func resumed() async throws {
        try await StreamWorld.run { world in
            let (first, start) = try await world.member()
            world.publish("a")
            _ = try await first.envelope()
            try await Self.acknowledge("a", first)
            try await eventually("it is counted") { await world.worker.plane.snapshot().acksTotal == 1 }
            await first.close()
            try await eventually("it is gone") { await world.worker.plane.snapshot().connections == 0 }
            let second = try await world.client()
            _ = try await second.resume(from: start)
            _ = try await second.envelope()
            try await Self.acknowledge("a", second)
            try await eventually("it is counted") { await world.worker.plane.snapshot().acksTotal == 2 }
            let report = try #require(try await world.worker.plane.acks("a", after: nil, limit: 1).items.first)
            #expect(report.delivered == 2 && report.acknowledged == 2)
        }
    }

    @Test("the last messages are remembered, and a slot that is used again is another connection")
    func ledger() {
        var ledger = AckLedger()
        let time = UnixTime(microseconds: 0)
        for number in 0...AckLedger.maximumMessages {
            ledger.delivered("\(number)", of: nil, nil, to: 200, at: time)
        }
        let forgotten = ledger.acknowledge("0", slot: 1)
        let first = ledger.acknowledge("1", slot: 1)
        let again = ledger.acknowledge("1", slot: 1)
        let other = ledger.acknowledge("1", slot: 130)
        #expect(!forgotten && first && !again && other)
        ledger.forget(slot: 130)
        let successor = ledger.acknowledge("1", slot: 130)
        #expect(successor)
        ledger.delivered("1", of: nil, nil, to: 5, at: time)
        #expect(ledger.records(of: "1").map(\.delivered) == [205])
        #expect(ledger.records(of: "1").map(\.acknowledged) == [3])
        #expect(ledger.records(of: nil).count == AckLedger.maximumMessages)
    }

    private static func acknowledge(_ id: String, _ client: TestClient) async throws {
        try await client.send(#"{"event_type":"ack","data":{"message_id":"\#(id)"}}"#)
    }
}
