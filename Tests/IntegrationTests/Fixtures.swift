import FoundationEssentials
import JWTKit
import TestSupport

/// Envelopes as the Python gateway of GRUPO_GAD published them on Redis.
enum GrupoGAD {
    static let published = [
        #"{"event_type": "notification", "data": {"title": "t", "content": "c", "level": "info"}, "timestamp": "2026-11-23T18:18:25.288720", "message_id": "6f40a6e2-277e-41b8-9c98-678183c18976", "target_user_id": null, "target_role": null, "topic": "notifications", "channel_name": null, "channel_type": null, "priority_level": 1, "routing_metadata": {}}"#,
        #"{"event_type": "alert", "data": {"title": "Cleanup de Emergencia Activado", "content": "Se ha activado un cleanup de emergencia: probe", "severity": "critical", "timestamp": "2026-11-23T18:18:26.302965", "action_required": true}, "timestamp": "2026-11-23T18:18:26.302985", "message_id": "2555dceb-72fb-44f1-b80a-495dc4024bc4", "target_user_id": null, "target_role": "ADMIN", "topic": null, "channel_name": null, "channel_type": null, "priority_level": 1, "routing_metadata": {}}"#,
    ]
}

/// A secret in a file, and tokens signed with it.
struct TestSecret {
    let path: String
    private let directory: TemporaryDirectory
    private let keys = JWTKeyCollection()
    static let value = "a secret of at least thirty-two bytes"

    struct Claims: JWTPayload {
        var sub: SubjectClaim
        var role: String?
        var exp: ExpirationClaim

        func verify(using _: some JWTAlgorithm) throws {}
    }

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("secret")
        try Data(Self.value.utf8).write(to: URL(filePath: path))
    }

    func token(user: String, role: String?, expiresIn seconds: Double = 600) async throws -> String {
        await keys.add(hmac: HMACKey(from: Self.value), digestAlgorithm: .sha256)
        let expiry = ExpirationClaim(value: Date(timeIntervalSinceNow: seconds))
        return try await keys.sign(Claims(sub: SubjectClaim(value: user), role: role, exp: expiry))
    }

    func client(of gateway: Gadgate, user: String, role: String) async throws -> WebSocketClient {
        let token = try await token(user: user, role: role)
        let client = try await WebSocketClient(port: gateway.port, headers: ["Authorization: Bearer \(token)"])
        _ = try await client.envelope("connection_ack")
        return client
    }
}

extension RedisServer {
    /// Publishes as any backend would, with redis-cli.
    func publish(_ message: String, to channel: String) async throws {
        let exit = try await ChildProcess("redis-cli", ["-p", "\(port)", "publish", channel, message]).wait()
        guard exit == .code(0) else { throw NeverHappened(description: "redis-cli publish ended with \(exit)") }
    }
}

extension Sequence {
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
