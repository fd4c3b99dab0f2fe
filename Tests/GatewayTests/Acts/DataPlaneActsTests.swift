import AdminAPI
import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Acts on a serving worker")
struct DataPlaneActsTests {
    func throttle(_ worker: TestWorker, _ pattern: String, rate: Double) async throws {
        let time = UnixTime(microseconds: 0)
        let rule = ThrottleRule(
            pattern: try #require(RoomPattern(pattern)), ratePerSecond: rate, overridesCritical: false, setBy: "ana",
            reason: nil, setAt: time, expiresAt: time)
        await worker.plane.keep(to: StoredThrottles(held: [.init(rule: rule, left: .seconds(600))], workers: 1))
    }

    func message(_ id: String, to target: BroadcastTarget) throws -> OperatorMessage {
        let id = try #require(BroadcastID(id))
        return OperatorMessage(
            BroadcastOrder(id, to: target, message: "hello"), id, to: target, now: UnixTime(microseconds: 0))
    }

    @Test("what a client publishes over the rate is refused with a word, and counted for each client that misses it")
    func publishing() async throws {
        try await TestWorker.run { worker in
            let clients = [
                try await TestClient.open(port: worker.port).client,
                try await TestClient.open(port: worker.port).client,
            ]
            for client in clients { try await client.subscribe("ops:a") }
            try await throttle(worker, "ops:*", rate: 0.01)
            for index in 0..<3 {
                try await clients[0].send(
                    #"{"event_type":"publish","data":{"event_type":"news","topic":"ops:a","message_id":"m-\#(index)"}}"#
                )
            }
            var codes: [String?] = []
            while codes.count < 2 {
                let envelope = try await clients[0].envelope()
                if envelope.eventType == "error" { codes.append(envelope.string("code")) }
            }
            #expect(codes == ["throttled", "throttled"])
            #expect(try await clients[1].envelope().messageID == "m-0")
            let drops = await worker.plane.snapshot().drops
            #expect(drops == [DropCount(criticality: .important, reason: .throttled, count: 4)])
            #expect(await worker.plane.throttles().items.map(\.hitsPublished) == [2])
        }
    }

    @Test("what comes from Redis over the rate is not delivered; critical messages and an operator's are")
    func delivering() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { worker in
            let client = try await TestClient.open(port: worker.port).client
            try await client.subscribe("ops:a", "gov:x")
            try await throttle(worker, "*", rate: 0.01)
            for index in 0..<5 {
                broker.publish(#"{"event_type":"n","message_id":"o-\#(index)"}"#, to: "gad:room:ops:a")
                broker.publish(#"{"event_type":"n","message_id":"g-\#(index)"}"#, to: "gad:room:gov:x")
            }
            let room = try #require(RoomName("ops:a"))
            _ = await worker.plane.publish(try message("gad-op-b-12345678", to: .room(room)))
            broker.publish(#"{"event_type":"n","message_id":"end"}"#, to: "gad:all")
            let all = try await client.envelopes(until: "end").compactMap(\.messageID)
            #expect(Set(all) == Set(["o-0", "g-0", "g-1", "g-2", "g-3", "g-4", "gad-op-b-12345678", "end"]))
            let drops = await worker.plane.snapshot().drops
            #expect(drops == [DropCount(criticality: .important, reason: .throttled, count: 4)])
        }
    }

    @Test("an operator's message of any class is followed, reaches nobody twice, and its acknowledgements count")
    func broadcast() async throws {
        try await TestWorker.run(loops: 2) { worker in
            var clients: [TestClient] = []
            for _ in 0..<4 { clients.append(try await TestClient.open(port: worker.port).client) }
            let message = try message("gad-op-b-12345678", to: .everyone)
            for _ in 0..<2 { _ = await worker.plane.publish(message) }
            for client in clients { #expect(try await client.envelope().messageID == "gad-op-b-12345678") }
            for client in clients.prefix(3) {
                try await client.send(#"{"event_type":"ack","data":{"message_id":"gad-op-b-12345678"}}"#)
            }
            try await eventually("three have acknowledged") {
                let report = try await worker.plane.acks("gad-op-b-12345678", after: nil, limit: 1).items.first
                return report?.acknowledged == 3 && report?.delivered == 4 && report?.dropped == 0
            }
            #expect(await worker.plane.snapshot().duplicatesSuppressedTotal == 4)
        }
    }

    @Test("those who miss an operator's message are counted as that, not as having got it")
    func missed() async throws {
        try await TestWorker.run { worker in
            let client = try await TestClient.open(port: worker.port).client
            await worker.plane.degrade(to: .sheddingBestEffort)
            _ = await worker.plane.publish(try message("gad-op-b-12345678", to: .everyone))
            _ = await worker.plane.publish(try message("gad-op-c-12345678", to: .everyone))
            #expect(try await client.envelope().messageID == "gad-op-c-12345678")
            try await eventually("both are known") {
                let reports = try await worker.plane.acks(nil, after: nil, limit: 10).items
                return Set(reports.map { "\($0.messageID) \($0.delivered) \($0.dropped)" })
                    == ["gad-op-b-12345678 0 1", "gad-op-c-12345678 1 0"]
            }
        }
    }

    @Test("clients cannot publish under an operator's id")
    func forged() async throws {
        try await TestWorker.run { worker in
            let client = try await TestClient.open(port: worker.port).client
            try await client.send(
                #"{"event_type":"publish","data":{"event_type":"n","topic":"a","message_id":"gad-op-c-12345678"}}"#)
            #expect(try await client.envelope().string("code") == "invalid_data")
        }
    }

    @Test("a connection is found by its id, and closed with the code that was asked for")
    func kick() async throws {
        try await TestWorker.run(loops: 2) { worker in
            var ids: [String] = []
            var clients: [TestClient] = []
            for _ in 0..<3 {
                let (client, acknowledgement) = try await TestClient.open(port: worker.port)
                clients.append(client)
                ids.append(try #require(acknowledgement.string("connection_id")))
            }
            #expect(await worker.plane.connection(ids[1])?.connectionID == ids[1])
            #expect(await worker.plane.kick(ids[1], .forbidden, reason: "r")?.connectionID == ids[1])
            #expect(try await clients[1].closeCode() == .forbidden)
            #expect(await worker.plane.connection(ids[1]) == nil)
            #expect(await worker.plane.kick("nobody", .forbidden, reason: "r") == nil)
            #expect(try await worker.plane.connections(.connection(ids[0]), after: nil, limit: 1).total == 1)
            await clients[1].close()
            try await eventually("it is counted as planned") {
                let snapshot = await worker.plane.snapshot()
                return snapshot.connections == 2 && snapshot.plannedCloses.kick == 1
            }
        }
    }
}
