import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("The client protocol on a connection")
struct ProtocolTests {
    private static let mask = MaskingKey(9, 8, 7, 6)

    @Test("a fault is named and the connection stays")
    func faults() async throws {
        try await TestWorker.run { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            let faults = [
                ("{", "malformed_json"), ("[]", "not_an_object"),
                (#"{"event_type":"dance","message_id":"7"}"#, "unknown_event_type"),
                (TestClient.command("subscribe", ["no room"]), "invalid_room"),
                (#"{"event_type":"resume","data":{"room":"r","offset":"1-0","epoch":"e"}}"#, "not_supported"),
            ]
            for (text, code) in faults {
                try await client.send(text)
                let answer = try await client.envelope()
                #expect(answer.eventType == "error" && answer.string("code") == code)
            }
            try await client.send(#"{"event_type":"pong","data":"malformed as GRUPO_GAD's clients may be"}"#)
            try await client.send(#"{"event_type":"ack","data":{"message_id":"m"}}"#)
            try await client.subscribe("r")
        }
    }

    @Test("what a client closes with of the codes that are ours counts as one code of its own")
    func forgedCloseCodes() async throws {
        try await TestWorker.run { worker in
            for code in [3_008, 3_012, 4_999] as [UInt16] {
                let (client, _) = try await TestClient.open(port: worker.port)
                var payload = ByteBuffer()
                payload.writeInteger(code)
                try await client.send(FrameEncoder.frame(.close, payload, mask: Self.mask))
                #expect(try await client.closeCode()?.rawValue == code)
            }
            try await eventually("all are gone") { await worker.plane.snapshot().connections == 0 }
            #expect(await worker.plane.snapshot().closes == [CloseCount(code: 4_000, count: 3)])
        }
    }

    @Test("a client publishes to a room, and the answer has the message's id")
    func publish() async throws {
        try await TestWorker.run { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("ops:r")
            try await client.send(#"{"event_type":"publish","data":{"event_type":"e","topic":"ops:r","data":{"k":1}}}"#)
            let heard = [try await client.envelope(), try await client.envelope()]
            let answer = try #require(heard.first { $0.eventType == "published" })
            let message = try #require(heard.first { $0.eventType == "e" })
            #expect(message.messageID == answer.string("message_id") && message.number("k") == 1)
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.messagesIn.important == 1 && snapshot.messagesOut.important == 1)
            #expect(snapshot.broadcasts.important == 1)
        }
    }

    @Test("only roles that may publish can, where clients are known")
    func publishRights() async throws {
        let secret = AuthenticatorTests.secret
        try await TestWorker.run(authentication: .secret(secret)) { worker in
            for (role, answer) in [("USER", "error"), ("ADMIN", "published")] {
                let token = try await AuthenticatorTests.token(
                    ["sub": .text("u"), "role": .text(role)], secret: secret)
                let (client, _) = try await TestClient.open(port: worker.port, target: "/ws/connect?token=\(token)")
                try await client.send(#"{"event_type":"publish","data":{"event_type":"e","topic":"r"}}"#)
                #expect(try await client.envelope().eventType == answer)
            }
        }
    }

    @Test("binary messages close with 1003, large ones with 1009, broken frames with 1002")
    func closes() async throws {
        try await TestWorker.run(configure: { $0.policy.limits.messageBytes = ByteCount(1_000) }) { worker in
            let cases: [(ByteBuffer, CloseCode)] = [
                (FrameEncoder.frame(.binary, ByteBuffer(string: "b"), mask: Self.mask), .unsupportedData),
                (FrameEncoder.frame(.text, ByteBuffer(repeating: 65, count: 1_001), mask: Self.mask), .messageTooBig),
                (FrameEncoder.frame(.text, ByteBuffer(string: "unmasked")), .protocolError),
                (FrameEncoder.frame(.text, ByteBuffer(bytes: [0xFF]), mask: Self.mask), .invalidPayload),
            ]
            for (bytes, code) in cases {
                let (client, _) = try await TestClient.open(port: worker.port)
                try await client.send(bytes)
                #expect(try await client.closeCode() == code)
                await client.close()
            }
            try await eventually("all are counted") { await worker.plane.snapshot().closes.count == 4 }
            #expect(await worker.plane.snapshot().protocolErrorsTotal == 3)
        }
    }

    @Test("a client's close is answered with its code, and the connection ends")
    func peerCloses() async throws {
        try await TestWorker.run { worker in
            let (polite, _) = try await TestClient.open(port: worker.port)
            try await polite.send(FrameEncoder.close(CloseCode(rawValue: 4_001), mask: Self.mask))
            #expect(try await polite.closeCode() == CloseCode(rawValue: 4_001))
            try await polite.waitUntilEnded()
            let (rude, _) = try await TestClient.open(port: worker.port)
            await rude.close()
            try await eventually("both are counted") {
                await worker.plane.snapshot().closes == [
                    CloseCount(code: 1006, count: 1), CloseCount(code: 4000, count: 1),
                ]
            }
        }
    }

    @Test("pings are answered with their payload")
    func pings() async throws {
        try await TestWorker.run { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.send(FrameEncoder.frame(.ping, ByteBuffer(string: "p"), mask: Self.mask))
            #expect(try await client.event() == .pong(ByteBuffer(string: "p")))
        }
    }

    @Test("a client that sends more than it may is told, and closed with 3013")
    func rate() async throws {
        let rates = ClientLimits.Rates(messagesPerSecond: 1, bytesPerSecond: 1 << 20, joinsPerSecond: 10, burst: 10)
        try await TestWorker.run(configure: { $0.policy.limits.standard = rates }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            for _ in 0..<11 { try await client.send(#"{"event_type":"ack"}"#) }
            #expect(try await client.envelope().string("code") == "rate_limited")
            #expect(try await client.closeCode() == .rateLimited)
        }
    }

    @Test("a silent client is pinged and then closed with 3012; one that answers stays")
    func heartbeats() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.classes.bestEffort.heartbeatInterval = .milliseconds(200)
            configuration.policy.classes.bestEffort.heartbeatTimeout = .seconds(1)
        }
        try await TestWorker.run(configure: configure) { worker in
            let (silent, _) = try await TestClient.open(port: worker.port)
            let (alive, _) = try await TestClient.open(port: worker.port)
            for _ in 0..<3 {
                #expect(try await alive.event() == .ping(ByteBuffer()))
                try await alive.send(FrameEncoder.frame(.pong, ByteBuffer(), mask: Self.mask))
            }
            #expect(try await silent.closeCode() == .noPong)
            try await silent.waitUntilEnded()
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.heartbeatTimeoutsTotal == 1 && snapshot.connections == 1)
            #expect(snapshot.closes == [CloseCount(code: 3012, count: 1)])
        }
    }

    @Test("a client is closed with 3005 when its token and its grace have ended")
    func expiry() async throws {
        let authentication = DataPlaneConfiguration.Authentication.secret(AuthenticatorTests.secret)
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.limits.expiryGrace = .milliseconds(200)
        }
        try await TestWorker.run(authentication: authentication, configure: configure) { worker in
            let end = Double(WallClock.now().microseconds) / 1e6 + 1
            let token = try await AuthenticatorTests.token(["sub": .text("u"), "exp": .number(end)])
            let (client, _) = try await TestClient.open(port: worker.port, target: "/ws/connect?token=\(token)")
            #expect(try await client.closeCode() == .expired)
            #expect(WallClock.now() >= UnixTime(seconds: end + 0.2))
        }
    }

    @Test("the echo endpoint returns what it gets, large messages too, and only where it is asked for")
    func echo() async throws {
        try await TestWorker.run(configure: { $0.conformanceEcho = true }) { worker in
            let client = try await TestClient.connect(port: worker.port, target: "/ws/echo")
            let large = ByteBuffer(repeating: 65, count: 200_000)
            for payload in [ByteBuffer(string: "small"), large, ByteBuffer(string: "again")] {
                try await client.send(FrameEncoder.frame(.text, payload, mask: Self.mask))
                #expect(try await client.event() == .text(payload))
            }
        }
        try await TestWorker.run { worker in
            let refused = try await TestClient.connect(port: worker.port, target: "/ws/echo")
            #expect(refused.status == 404)
        }
    }
}
