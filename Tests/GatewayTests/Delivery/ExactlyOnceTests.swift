import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("Each message once to each of its audience")
struct ExactlyOnceTests {
    private static let secret = AuthenticatorTests.secret

    @Test(
        "GRUPO_GAD's envelopes reach a client byte for byte",
        arguments: ["ws_broadcast", "gad:room:notifications", "gad:all"])
    func verbatim(channel: String) async throws {
        let envelope = #"""
            {"event_type": "notification", "data": {"title": "Suscripci\u00f3n ñ", "content": "c", "level": "info"}, "timestamp": "2026-11-23T18:18:25.288720", "message_id": "6f40a6e2-277e-41b8-9c98-678183c18976", "target_user_id": null, "target_role": null, "topic": "notifications", "channel_name": null, "channel_type": null, "priority_level": 1, "routing_metadata": {}}
            """#
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("notifications")
            broker.publish(envelope, to: channel)
            #expect(try await client.envelope().text == envelope)
        }
    }

    @Test("one message on many channels reaches a client of many of its rooms once, on every worker")
    func manyChannels() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { first in
            try await TestWorker.run(broker, loops: 2) { second in
                var clients: [TestClient] = []
                for port in [first.port, second.port, second.port, second.port] {
                    let (client, _) = try await TestClient.open(port: port)
                    try await client.subscribe("a", "b", "c")
                    clients.append(client)
                }
                for channel in ["gad:room:a", "gad:room:b", "ws_broadcast", "gad:all", "gad:room:a", "gad:room:c"] {
                    broker.publish(Self.envelope("m1", #""topic":"a""#), to: channel)
                }
                broker.publish(Self.envelope("end"), to: "gad:all")
                for client in clients {
                    #expect(try await client.envelopes(until: "end").map(\.messageID) == ["m1", "end"])
                }
                let suppressed = await second.plane.snapshot().duplicatesSuppressedTotal
                #expect(suppressed == 15)
            }
        }
    }

    @Test("a copy for another audience reaches those who did not get the first")
    func disjointAudiences() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { worker in
            let (a, _) = try await TestClient.open(port: worker.port)
            let (b, _) = try await TestClient.open(port: worker.port)
            try await a.subscribe("a")
            try await b.subscribe("b")
            broker.publish(Self.envelope("m"), to: "gad:room:a")
            #expect(try await a.envelope().messageID == "m")
            broker.publish(Self.envelope("m"), to: "gad:room:b")
            #expect(try await b.envelope().messageID == "m")
            // Who joined after the first copy did not get it.
            try await b.subscribe("a")
            let (late, _) = try await TestClient.open(port: worker.port)
            try await late.subscribe("a")
            broker.publish(Self.envelope("m"), to: "gad:room:a")
            broker.publish(Self.envelope("end"), to: "gad:all")
            #expect(try await late.envelopes(until: "end").map(\.messageID) == ["m", "end"])
            #expect(try await a.envelopes(until: "end").map(\.messageID) == ["end"])
            #expect(try await b.envelopes(until: "end").map(\.messageID) == ["end"])
        }
    }

    @Test("role and user targets reach only whom they name, whatever the channel")
    func targets() async throws {
        let broker = MemoryBroker()
        let authentication = DataPlaneConfiguration.Authentication.secret(Self.secret, allowAnonymous: true)
        try await TestWorker.run(broker, authentication: authentication) { worker in
            let (admin, greeting) = try await Self.open(worker, ["sub": .text("u1"), "role": .text("ADMIN")])
            #expect(greeting.string("user_id") == "u1" && greeting.string("role") == "ADMIN")
            let (user, _) = try await Self.open(worker, ["sub": .text("u2"), "role": .text("USER")])
            let (anonymous, _) = try await TestClient.open(port: worker.port)
            for client in [admin, user, anonymous] { try await client.subscribe("r") }
            broker.publish(Self.envelope("1", #""target_role":"ADMIN""#), to: "ws_broadcast")
            broker.publish(Self.envelope("2", #""target_role":"ADMIN","topic":"r""#), to: "gad:room:r")
            broker.publish(Self.envelope("3", #""target_user_id":"u2""#), to: "ws_broadcast")
            broker.publish(Self.envelope("4", #""target_user_id":"u2","target_role":"ADMIN""#), to: "ws_broadcast")
            broker.publish(Self.envelope("5"), to: "gad:role:ADMIN")
            broker.publish(Self.envelope("6"), to: "gad:user:u2")
            broker.publish(Self.envelope("7", #""target_role":["ADMIN"]"#), to: "ws_broadcast")
            broker.publish(Self.envelope("end"), to: "ws_broadcast")
            #expect(try await admin.envelopes(until: "end").map(\.messageID) == ["1", "2", "5", "end"])
            #expect(try await user.envelopes(until: "end").map(\.messageID) == ["3", "6", "end"])
            #expect(try await anonymous.envelopes(until: "end").map(\.messageID) == ["end"])
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.malformedTotal == 1)
            #expect(snapshot.roles.map(\.role) == ["ADMIN", "USER"])
        }
    }

    @Test("what is no envelope reaches nobody and is counted")
    func malformed() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            for text in ["", "[]", "{", "nonsense"] { broker.publish(text, to: "gad:all") }
            broker.publish(ByteBuffer(bytes: Array(#"{"a":""#.utf8) + [0xFF] + Array("\"}".utf8)), to: "gad:all")
            broker.publish(Self.envelope("end"), to: "gad:all")
            #expect(try await client.envelopes(until: "end").count == 1)
            #expect(await worker.plane.snapshot().malformedTotal == 5)
        }
    }

    @Test("messages of one moment all arrive, in order, whichever of them a client gets")
    func coalesced() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker) { worker in
            var clients: [TestClient] = []
            for index in 0..<20 {
                let (client, _) = try await TestClient.open(port: worker.port)
                try await client.subscribe("all", "r\(index % 3)")
                clients.append(client)
            }
            for number in 0..<3_000 {
                broker.publish(Self.envelope("\(number)"), to: number % 4 == 3 ? "gad:room:r1" : "gad:room:all")
            }
            broker.publish(Self.envelope("end"), to: "gad:room:all")
            for (index, client) in clients.enumerated() {
                let expected = (0..<3_000).filter { index % 3 == 1 || $0 % 4 != 3 }.map(String.init) + ["end"]
                #expect(try await client.envelopes(until: "end").map { $0.messageID ?? "" } == expected)
            }
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.dropped.total == 0)
            #expect(snapshot.messagesOut.total == snapshot.latency.bestEffort.count)
        }
    }

    static func envelope(_ id: String, _ fields: String = #""x":1"#) -> String {
        #"{"event_type":"test","message_id":"\#(id)",\#(fields)}"#
    }

    private static func open(
        _ worker: TestWorker, _ claims: [String: Claim]
    ) async throws -> (TestClient, TestClient.Envelope) {
        let token = try await AuthenticatorTests.token(claims, secret: secret)
        return try await TestClient.open(port: worker.port, headers: [("Authorization", "Bearer \(token)")])
    }
}
