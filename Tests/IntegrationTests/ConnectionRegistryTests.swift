import FleetModel
import Glibc
import TestSupport
import Testing
import WebSocket

extension Integration {
    @Suite("Which connection of a user is where, in Redis")
    struct ConnectionRegistryTests {
        @Test("a client is in the registry while it is connected, and neither close, crash nor stop leave it there")
        func lifecycle() async throws {
            let redis = try await RedisServer.started()
            let secret = try TestSecret()
            let gateway = try await Gadgate(
                workers: 1, redis: redis.url,
                options: ["--jwt-secret-file", secret.path, "--shutdown-deadline", "0"])
            try await lead(gateway, secret, redis) { client in
                try client.write(FrameEncoder.close(.normal, mask: MaskingKey(1, 2, 3, 4)))
            }
            try await lead(gateway, secret, redis) { _ in kill(try await gateway.identity(0).pid, SIGKILL) }
            try await gateway.awaitWorker(0)
            try await lead(gateway, secret, redis) { _ in gateway.supervisor.signal(SIGTERM) }
            #expect(try await redis.cli(["KEYS", "gad:*conns"]) == "")
            withExtendedLifetime(redis) {}
        }

        /// Connects a client, sees it in the registry, ends it somehow, and sees that it is gone from there.
        private func lead(
            _ gateway: Gadgate, _ secret: TestSecret, _ redis: RedisServer,
            end: (WebSocketClient) async throws -> Void
        ) async throws {
            let token = try await secret.token(user: "u-1", role: nil)
            let client = try await WebSocketClient(port: gateway.port, target: "/ws/connect?token=\(token)")
            let id = try #require(try await client.envelope("connection_ack").data["connection_id"]?.string)
            try await eventually("the client is in the registry") {
                try await redis.cli(["HGETALL", "gad:user:u-1:conns"]) == "\(id)\ngw-w0"
            }
            try await end(client)
            try await eventually("the client is gone from the registry", within: .seconds(20)) {
                try await redis.cli(["EXISTS", "gad:user:u-1:conns"]) == "0"
            }
        }
    }
}
