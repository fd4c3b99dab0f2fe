import FoundationEssentials
import Glibc
import NIOCore
import TestSupport
import Testing
import WebSocket

extension Integration {
    /// Everything a client or an operator gives in confidence is used here, in every way that could reach a log.
    @Suite("What the logs do not tell")
    struct SecrecyTests {
        @Test("no token, secret or payload of a full run is in its logs, plain or over TLS", arguments: [false, true])
        func fullRun(overTLS: Bool) async throws {
            let redis = try await RedisServer.started(password: Secrets.redisPassword)
            let (secret, certificate) = (try TestSecret(), try await TestCertificates())
            let tls = ["--tls-cert", certificate.certificate, "--tls-key", certificate.key]
            let gateway = try await Gadgate(
                workers: 1, redis: redis.url,
                options: ["--jwt-secret-file", secret.path, "--log-level", "debug", "--shutdown-deadline", "0"]
                    + (overTLS ? tls : []))
            let tunnel = try await TLSTunnel(to: gateway.port, trusting: certificate.authority)
            var secrets = Secrets(port: overTLS ? tunnel.port : gateway.port, secret: secret)

            try await secrets.leadGoodClients()
            try await secrets.leadBadClients()
            try await redis.publishMalformed(secrets.marker)
            try await secrets.refreshTokens()
            try await expect("not an envelope", in: gateway)
            try gateway.reload("limits:\n  messages_per_second: many\n")
            try await expect("the configuration is wrong", in: gateway)
            try Data().write(to: URL(filePath: certificate.key))
            try gateway.reload("")
            if overTLS { try await expect("the certificate before stays in use", in: gateway) }
            try await redis.kill()
            try await expect("no connection to Redis", in: gateway)
            kill(try await gateway.identity(0).pid, SIGKILL)
            try await expect("worker ended; starting it again", in: gateway)
            gateway.supervisor.signal(SIGTERM)
            _ = try await gateway.supervisor.wait()

            // What the run did is in the log, so that the rest can be missed there.
            for event in ["worker up", "stopping the workers"] { #expect(gateway.log.contains(event)) }
            #expect(secrets.spoken.count > 15)
            for one in secrets.spoken { #expect(!gateway.log.contains(one), "\(one) is in the log") }
            withExtendedLifetime((redis, tunnel)) {}
        }

        @Test("what Redis quotes of a command that it does not know is not in the logs")
        func refusedCommands() async throws {
            let redis = try RedisServer(options: ["--rename-command", "PUBLISH", "NOT-FOR-YOU"])
            try await redis.start()
            let gateway = try await Gadgate(
                workers: 1, redis: redis.url, options: ["--insecure-anonymous", "--log-level", "debug"])
            let client = try await WebSocketClient(port: gateway.port)
            // More at once than open the circuit breaker, so that it is one of them that it names as its reason.
            for _ in 0..<10 {
                // Redis quotes the first 128 bytes, which these are.
                let fields = #""data":{"k":"in-confidence"},"message_id":"m","timestamp":"2026-01-01T00:00:00Z""#
                try client.send(#"{"event_type":"publish","data":{\#(fields),"event_type":"e","topic":"r"}}"#)
            }
            for _ in 0..<10 { _ = try await client.envelope("published") }
            try await expect("circuit breaker open", in: gateway)
            #expect(!gateway.log.contains("in-confidence"))
            withExtendedLifetime(redis) {}
        }

        private func expect(_ words: String, in gateway: Gadgate) async throws {
            try await eventually("'\(words)' is in the log", within: .seconds(15)) { gateway.log.contains(words) }
        }
    }
}

/// Leads clients of all kinds and keeps what they said in confidence.
private struct Secrets {
    static let redisPassword = "redis-password-4711"

    let port: Int
    let secret: TestSecret
    /// In payloads, and in whatever else a client makes up.
    let marker = "marker-of-a-payload"
    private(set) var spoken: [String]

    init(port: Int, secret: TestSecret) {
        self.port = port
        self.secret = secret
        // The secret also as the bytes of an array would be printed.
        let bytes = TestSecret.value.utf8.prefix(8).map(String.init).joined(separator: ", ")
        spoken = [
            TestSecret.value, bytes, Data(TestSecret.value.utf8).base64EncodedString(), Self.redisPassword, marker,
        ]
    }

    private mutating func token(_ role: String? = "ADMIN", expiresIn seconds: Double = 600) async throws -> String {
        let token = try await secret.token(user: "u-1", role: role, expiresIn: seconds)
        spoken += [token] + token.split(separator: ".").dropFirst().map(String.init)
        return token
    }

    mutating func leadGoodClients() async throws {
        let byHeader = try await WebSocketClient(port: port, headers: ["Authorization: Bearer \(try await token())"])
        let byQuery = try await WebSocketClient(port: port, target: "/ws/connect?token=\(try await token("USER"))")
        for client in [byHeader, byQuery] {
            _ = try await client.envelope("connection_ack")
            try await client.subscribe(["r", "gov:alerts"])
        }
        for topic in ["r", "gov:alerts"] {
            try byHeader.send(
                #"{"event_type":"publish","data":{"event_type":"e","topic":"\#(topic)","data":{"text":"\#(marker)"}}}"#)
            #expect(try await byQuery.envelope("e").text.contains(marker))
        }
    }

    mutating func leadBadClients() async throws {
        let old = try await token(expiresIn: -60)
        let forged = try await token() + "x"
        for target in ["?token=\(old)", "?token=\(forged)", "?token=a.\(marker).c", "/\(marker)"] {
            await #expect(throws: WebSocketClient.Refused.self) {
                try await WebSocketClient(port: port, target: "/ws/connect\(target)")
            }
        }
        let long = String(repeating: "x", count: 9_000)
        let request = ["Authorization: Bearer \(marker)\(long)", "X: \(marker)\r\n\(marker)"]
        for header in request {
            await #expect(throws: (any Error).self) { try await WebSocketClient(port: port, headers: [header]) }
        }
        for bytes in brokenFrames {
            let client = try await WebSocketClient(port: port, target: "/ws/connect?token=\(try await token())")
            try client.write(bytes)
            _ = try await client.closeCode()
        }
    }

    private var brokenFrames: [ByteBuffer] {
        let mask = MaskingKey(1, 2, 3, 4)
        var invalid = ByteBuffer(string: marker)
        invalid.writeInteger(UInt8(0xFF))
        return [
            FrameEncoder.frame(.text, ByteBuffer(string: marker)), FrameEncoder.frame(.text, invalid, mask: mask),
            FrameEncoder.frame(.binary, ByteBuffer(string: marker), mask: mask),
            FrameEncoder.close(.normal, reason: marker, mask: mask),
        ]
    }

    /// Sends tokens and nonsense over a connection that stays.
    mutating func refreshTokens() async throws {
        let client = try await WebSocketClient(port: port, target: "/ws/connect?token=\(try await token())")
        try client.send(#"{"event_type":"auth","data":{"token":"\#(try await token("USER"))"}}"#)
        _ = try await client.envelope("authenticated")
        for text in [#"{"\#(marker)"#, #"{"event_type":"\#(marker)"}"#] + [TestSecret.value, marker].map(subscription) {
            try client.send(text)
            _ = try await client.envelope("error")
        }
        let forged = try await token() + "x"
        for _ in 0..<5 {
            try client.send(#"{"event_type":"auth","data":{"token":"\#(forged)"}}"#)
            _ = try await client.envelope("error")
        }
        #expect(try await client.closeCode() == .invalidToken)
    }

    private func subscription(_ room: String) -> String {
        #"{"event_type":"subscribe","data":{"events":["no room: \#(room)"]}}"#
    }
}

extension Gadgate {
    fileprivate var log: String { supervisor.output + supervisor.errors }
}

extension RedisServer {
    fileprivate func publishMalformed(_ text: String) async throws {
        let exit = try await ChildProcess(
            "redis-cli", ["-p", "\(port)", "-a", password ?? "", "publish", "gad:all", text]
        ).wait()
        #expect(exit == .code(0))
    }
}
