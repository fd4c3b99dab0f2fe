import AdminAPI
import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("Subscriptions")
struct SubscriptionTests {
    @Test("rooms are joined and left, and only the first and last member concern the backplane")
    func joinAndLeave() async throws {
        try await TestWorker.run { worker in
            let (a, greeting) = try await TestClient.open(port: worker.port)
            let (b, _) = try await TestClient.open(port: worker.port)
            #expect(greeting.string("worker") == "test-w0" && !greeting.flag("degraded"))
            let answer = try await a.subscribe("x", "y", "x")
            #expect(answer.number("total") == 2)
            try await b.subscribe("x")
            #expect(worker.backplane.channels.isSuperset(of: ["gad:room:x", "gad:room:y", "gad:all", "ws_broadcast"]))
            try await a.send(TestClient.command("unsubscribe", ["x", "y", "z"]))
            #expect(try await a.envelope().number("total") == 0)
            try await eventually("the room left by all is given up") {
                !worker.backplane.channels.contains("gad:room:y")
            }
            #expect(worker.backplane.channels.contains("gad:room:x"))
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.topRooms.map(\.room.rawValue) == ["x"] && snapshot.rooms == 1)
        }
    }

    @Test("a client is told it is subscribed only once Redis has confirmed it")
    func waits() async throws {
        let broker = MemoryBroker()
        let backplane = MemoryBackplane(broker)
        try await TestWorker.run(broker, backplane: backplane) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            backplane.confirms = false
            try await client.send(TestClient.command("subscribe", ["x", "y"]))
            try await client.send(#"{"event_type":"ping"}"#)
            #expect(try await client.envelope().eventType == "pong")
            backplane.confirms = true
            let answer = try await client.envelope()
            #expect(answer.eventType == "subscribed" && !answer.flag("degraded"))
            #expect(answer.strings("rooms") == ["x", "y"])
        }
    }

    @Test("a confirmation that never comes is waited for a bounded time")
    func bounded() async throws {
        let broker = MemoryBroker()
        let backplane = MemoryBackplane(broker, confirms: false)
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.confirmationTimeout = .milliseconds(200)
        }
        try await TestWorker.run(broker, backplane: backplane, configure: configure) { worker in
            let (client, greeting) = try await TestClient.open(port: worker.port)
            #expect(greeting.flag("degraded"))
            #expect(try await client.subscribe("x").flag("degraded"))
        }
    }

    @Test("without Redis a worker serves its own clients and says so, and recovers by itself")
    func degraded() async throws {
        let broker = MemoryBroker()
        let backplane = MemoryBackplane(broker, connected: false)
        try await TestWorker.run(broker, backplane: backplane) { worker in
            let (a, greeting) = try await TestClient.open(port: worker.port)
            let (b, _) = try await TestClient.open(port: worker.port)
            #expect(greeting.flag("degraded"))
            for client in [a, b] { #expect(try await client.subscribe("x").flag("degraded")) }
            #expect(await worker.plane.snapshot().backplane.degraded?.contains("connection refused") == true)
            try await a.send(#"{"event_type":"publish","data":{"event_type":"e","topic":"x","message_id":"m"}}"#)
            #expect(try await b.envelope().messageID == "m")
            backplane.connect()
            try await eventually("the worker notices") { await worker.plane.snapshot().backplane == .connected }
            #expect(try await !b.subscribe("x", "y").flag("degraded"))
            broker.publish(ExactlyOnceTests.envelope("n"), to: "gad:room:x")
            #expect(try await b.envelope().messageID == "n")
            backplane.lose()
            try await eventually("the worker notices") { await worker.plane.snapshot().backplane.degraded != nil }
            #expect(try await b.subscribe("z").flag("degraded"))
        }
    }

    @Test("a connection can be in so many rooms and no more")
    func roomLimit() async throws {
        try await TestWorker.run(configure: { $0.policy.limits.roomsPerConnection = 3 }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("a", "b")
            try await client.send(TestClient.command("subscribe", ["c", "d"]))
            #expect(try await client.envelope().string("code") == "too_many_rooms")
            #expect(try await client.subscribe("b", "c").number("total") == 3)
        }
    }

    @Test("rooms are listed largest first, by pages and by prefix")
    func listing() async throws {
        try await TestWorker.run(loops: 2) { worker in
            for rooms in [["gov:a", "b", "c"], ["gov:a", "b"], ["gov:z", "c"], ["gov:a"]] {
                let (client, _) = try await TestClient.open(port: worker.port)
                try await client.send(TestClient.command("subscribe", rooms))
                _ = try await client.envelope()
            }
            let first = try await worker.plane.rooms(limit: 2)
            #expect(first.items.map(\.room.rawValue) == ["gov:a", "b"] && first.total == 4)
            #expect(first.items.map(\.connections) == [3, 2])
            let second = try await worker.plane.rooms(after: first.nextCursor, limit: 2)
            #expect(second.items.map(\.room.rawValue) == ["c", "gov:z"] && second.nextCursor == nil)
            let prefixed = try await worker.plane.rooms(.prefix("gov:"), limit: 10)
            #expect(prefixed.items.map(\.room.rawValue) == ["gov:a", "gov:z"])
            await #expect(throws: (any Error).self) {
                try await worker.plane.rooms(after: "nonsense", limit: 1)
            }
        }
    }

    @Test("connections are listed by id, by pages and by room")
    func connections() async throws {
        try await TestWorker.run(loops: 2) { worker in
            var ids: [String] = []
            for index in 0..<5 {
                let (client, greeting) = try await TestClient.open(port: worker.port)
                if index < 2 { try await client.subscribe("x") }
                ids.append(greeting.string("connection_id") ?? "")
            }
            var (listed, cursor) = ([ConnectionInfoID](), String?.none)
            repeat {
                let page = try await worker.plane.connections(.all, after: cursor, limit: 2)
                #expect(page.total == 5)
                listed += page.items.map(\.connectionID)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(listed == ids.sorted())
            let room = try #require(RoomName("x"))
            let members = try await worker.plane.connections(.room(room), after: nil, limit: 10)
            #expect(Set(members.items.map(\.connectionID)) == Set(ids[..<2]))
            #expect(members.items.allSatisfy { $0.rooms == [room] && $0.remoteAddress.hasPrefix("127.0.0.1:") })
        }
    }

    @Test("connections are listed oldest first, and longest unheard first, by pages")
    func orders() async throws {
        try await TestWorker.run(loops: 2) { worker in
            var (ids, clients): ([String], [TestClient]) = ([], [])
            for _ in 0..<5 {
                let (client, greeting) = try await TestClient.open(port: worker.port)
                clients.append(client)
                ids.append(greeting.string("connection_id") ?? "")
            }
            #expect(try await listed(.connected, of: worker) == ids)
            for index in [3, 1] {
                try await clients[index].send(#"{"event_type":"ping"}"#)
                #expect(try await clients[index].envelope().eventType == "pong")
            }
            #expect(try await listed(.heard, of: worker) == [0, 2, 4, 3, 1].map { ids[$0] })
            let quiet = try await worker.plane.connections(.all, order: .heard, limit: 1).items.first?.heartbeat
            #expect(quiet?.dueAt != nil && quiet?.pingedAt == nil && quiet?.stalledSince == nil)
        }
    }

    /// All, read in pages of two.
    private func listed(_ order: ConnectionListOrder, of worker: TestWorker) async throws -> [String] {
        var (listed, cursor) = ([String](), String?.none)
        repeat {
            let page = try await worker.plane.connections(.all, order: order, after: cursor, limit: 2)
            listed += page.items.map(\.connectionID)
            cursor = page.nextCursor
        } while cursor != nil
        return listed
    }

    private typealias ConnectionInfoID = String
}
