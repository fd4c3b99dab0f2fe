import NIOCore
import TestSupport
import Testing
import WebSocket

extension Integration {
    @Suite("The handshake and what a client may send")
    struct HandshakeTests {
        @Test("a token is checked before the upgrade, from the header and from the query")
        func tokens() async throws {
            let secret = try TestSecret()
            let gateway = try await Gadgate(
                workers: 1, redis: unreachableRedis, options: ["--jwt-secret-file", secret.path])
            let token = try await secret.token(user: "u-1", role: "ADMIN")
            let client = try await WebSocketClient(port: gateway.port, target: "/ws/connect?token=\(token)")
            _ = try await client.envelope("connection_ack")
            _ = try await secret.client(of: gateway, user: "u-2", role: "LEVEL_2")

            let expired = try await secret.token(user: "u-1", role: nil, expiresIn: -60)
            for bad in [
                "/ws/connect", "/ws/connect?token=nonsense", "/ws/connect?token=\(expired)",
                "/ws/connect?token=\(token)x",
            ] {
                let refusal = await #expect(throws: WebSocketClient.Refused.self) {
                    try await WebSocketClient(port: gateway.port, target: bad)
                }
                #expect(refusal?.status == 401)
                #expect(refusal?.body.contains(#""code":"#) == true)
            }
            try await eventually("four refusals are counted") {
                try await gateway.stats(0).authFailuresTotal == 4
            }
            #expect(!gateway.supervisor.errors.contains(token), "a token is in the log")
        }

        @Test("a message that is no good is answered with an error that names it, and the connection stays")
        func badMessages() async throws {
            let gateway = try await Gadgate(workers: 1, redis: unreachableRedis)
            let client = try await WebSocketClient(port: gateway.port)
            let cases = [
                ("{", "malformed_json"), (#"{"event_type":"dance","message_id":"q-7"}"#, "unknown_event_type"),
                (#"{"event_type":"subscribe","data":{"events":["two words"]}}"#, "invalid_room"),
            ]
            for (message, code) in cases {
                try client.send(message)
                let error = try await client.envelope("error")
                #expect(error.data["code"]?.string == code)
                #expect(error.data["message"]?.string?.isEmpty == false)
                if message.contains("q-7") { #expect(error.data["message_id"]?.string == "q-7") }
            }
            try client.send(#"{"event_type":"ping"}"#)
            _ = try await client.envelope("pong")
        }

        @Test("a broken frame closes its connection with the right code, and no other")
        func protocolViolations() async throws {
            let gateway = try await Gadgate(workers: 1, redis: unreachableRedis)
            let bystander = try await WebSocketClient(port: gateway.port)
            let violations: [(String, [UInt8], CloseCode)] = [
                ("an unmasked frame", [0x81, 0x01, 0x41], .protocolError),
                ("a reserved bit", [0xC1, 0x81, 0, 0, 0, 0, 0x41], .protocolError),
                ("text that is not UTF-8", [0x81, 0x81, 0, 0, 0, 0, 0xFF], .invalidPayload),
                ("a frame of 2^62 bytes", [0x81, 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .messageTooBig),
                ("binary data", [0x82, 0x81, 0, 0, 0, 0, 0x41], .unsupportedData),
            ]
            for (what, bytes, code) in violations {
                let client = try await WebSocketClient(port: gateway.port)
                try client.write(ByteBuffer(bytes: bytes))
                #expect(try await client.closeCode() == code, "\(what)")
            }
            try bystander.send(#"{"event_type":"ping"}"#)
            _ = try await bystander.envelope("pong")
        }

        @Test("a client that answers no ping is closed, and counted")
        func silence() async throws {
            let gateway = try await Gadgate(
                workers: 1, redis: unreachableRedis,
                configuration: "classes: {best_effort: {heartbeat_interval: 1s, heartbeat_timeout: 1s}}")
            let client = try await WebSocketClient(port: gateway.port)
            #expect(try await client.closeCode(within: .seconds(8)) == .noPong)
            #expect(try await gateway.stats(0).heartbeatTimeoutsTotal == 1)
        }
    }
}

/// Nobody listens there: the gateway runs degraded, which these tests do not mind.
let unreachableRedis = "redis://127.0.0.1:1"

extension WebSocketClient {
    /// The code of the close frame that comes next, whatever comes before it.
    func closeCode(within limit: Duration = .seconds(5)) async throws -> CloseCode? {
        while true {
            if case .close(let code, _) = try await next(within: limit) { return code }
        }
    }
}
