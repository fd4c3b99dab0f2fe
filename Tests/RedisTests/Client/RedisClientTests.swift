import Logging
import NIOCore
import Redis
import TestSupport
import Testing

@Suite("Redis client, on a real Redis")
struct RedisClientTests {
    @Test("commands in a pipeline are answered in order")
    func pipeline() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let replies = try await client.send(pipeline: [
            RESPCommand("SET", "k", .bytes(ByteBuffer(bytes: [0, 255]))), RESPCommand("GET", "k"),
            RESPCommand("INCR", "n"), RESPCommand("GET", "none"), RESPCommand("KEYS", "n"),
        ])
        #expect(
            replies == [
                .simple("OK"), .bulk(ByteBuffer(bytes: [0, 255])), .integer(1), .null, .array([.bulk("n")]),
            ])
        try await client.shutdown().get()
    }

    @Test("an error of Redis fails the command and not the connection")
    func refused() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        await #expect(throws: RedisError.self) { try await client.send("NOSUCH") }
        #expect(try await client.send("ECHO", "still here").text == "still here")
        try await client.shutdown().get()
    }

    @Test("password, database and name of the connection are those asked for")
    func handshake() async throws {
        let server = try await RedisServer.started(password: "s3cret@/:")
        let url = RedisURL(host: "127.0.0.1", port: server.port, password: server.password, database: 5)
        let client = RedisClient(url: url, name: "by-test", logger: quietLogger)
        try await client.start().get()
        let list = try await client.send("CLIENT", "LIST").text ?? ""
        #expect(list.contains("name=by-test") && list.contains("db=5"))
        try await client.shutdown().get()
    }

    @Test("a missing or wrong password is told in Redis's words", arguments: [nil, "wrong"])
    func wrongPassword(_ password: String?) async throws {
        let server = try await RedisServer.started(password: "right")
        let url = RedisURL(host: "127.0.0.1", port: server.port, password: password)
        let client = RedisClient(url: url, name: "by-test", logger: quietLogger)
        let error = await #expect(throws: RedisError.self) { try await client.start().get() }
        #expect(error?.description.contains(password == nil ? "NOAUTH" : "WRONGPASS") == true)
        try await client.shutdown().get()
    }

    @Test("nobody there is told as such, and commands fail at once")
    func nobody() async throws {
        let client = RedisClient(url: try RedisURL(RedisServer().url), name: "by-test", logger: quietLogger)
        let refusal = RedisError.notConnected("Connection refused")
        await #expect(throws: refusal) { try await client.start().get() }
        await #expect(throws: refusal) { try await client.send("PING") }
        try await client.shutdown().get()
    }

    @Test("a command under way when Redis is killed fails, and commands work again after its return")
    func killed() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let popped = client.send(RESPCommand("BLPOP", "never", "0"))
        try await eventually("the command is under way") { try await isBlocked(server) }
        try await server.kill()
        await #expect(throws: RedisError.self) { try await popped.get() }
        try await server.start()
        try await eventually("commands work again") {
            // Fails until the client has dialled again.
            (try? await client.send("PING")) == .simple("PONG")
        }
        try await client.shutdown().get()
    }

    @Test("a client can be shut down at any moment of its dial and its handshake")
    func shutdownWhileDialling() async throws {
        let server = try await RedisServer.started()
        for microseconds in 0..<200 {
            let client = RedisClient(url: try RedisURL(server.url), name: "by-test", logger: quietLogger)
            client.start()
            // Moves the shutdown over the steps of the dial; which one it meets is left to chance.
            try await Task.sleep(for: .microseconds(microseconds * 5))
            try await client.shutdown().get()
        }
        let client = try await startedClient(server)
        try await eventually("no connection is left behind") {
            try await client.send("CLIENT", "LIST").text?.contains("name=by-test") == false
        }
        try await client.shutdown().get()
    }

    private func isBlocked(_ server: RedisServer) async throws -> Bool {
        let other = try await startedClient(server)
        let clients = try await other.send("INFO", "clients").text ?? ""
        try await other.shutdown().get()
        return clients.contains("blocked_clients:1")
    }
}

let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A client of `server` that is connected, with waits short enough for a test.
func startedClient(_ server: RedisServer) async throws -> RedisClient {
    let client = RedisClient(
        url: try RedisURL(server.url), name: "test-client", logger: quietLogger,
        backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(200)))
    try await client.start().get()
    return client
}
