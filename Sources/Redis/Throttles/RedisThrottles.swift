import NIOCore

/// The throttles of a fleet in Redis: the hash `gad:throttles`, a field for each pattern.
package struct RedisThrottles: Sendable {
    /// A throttle as it is kept; what it says is its writer's affair.
    package struct Entry: Sendable, Equatable {
        package var rule: [UInt8]
        /// By the clock of Redis.
        package var left: Duration
    }

    private let client: RedisClient

    static let key = "gad:throttles"

    package init(client: RedisClient) {
        self.client = client
    }

    /// - Returns: false where there are `most` others already.
    package func set(_ pattern: String, _ rule: [UInt8], lasting: Duration, most: Int) async throws -> Bool {
        let reply = try await run(
            "set", .text(pattern), .integer(lasting.wholeMilliseconds), .integer(Int64(most)),
            .bytes(ByteBuffer(bytes: rule)))
        guard let taken = reply.integer else { throw RedisError.unexpectedReply(to: "throttles.lua") }
        return taken == 1
    }

    /// - Returns: false where there was none.
    package func clear(_ pattern: String) async throws -> Bool {
        guard let removed = try await run("clear", .text(pattern)).integer else {
            throw RedisError.unexpectedReply(to: "throttles.lua")
        }
        return removed == 1
    }

    /// What holds, and how many workers are in the registry; none are counted where nothing holds.
    package func list() async throws -> (entries: [Entry], workers: Int) {
        guard let values = try await run("list").array, let workers = values.first?.integer, values.count % 2 == 1
        else { throw RedisError.unexpectedReply(to: "throttles.lua") }
        let entries = try stride(from: 1, to: values.count, by: 2).map { index in
            guard case .bulk(let rule) = values[index], let left = values[index + 1].integer else {
                throw RedisError.unexpectedReply(to: "throttles.lua")
            }
            return Entry(rule: Array(rule.readableBytesView), left: .milliseconds(left))
        }
        return (entries, Int(workers))
    }

    private func run(_ arguments: RESPArgument...) async throws -> RESPValue {
        try await client.send(
            [.text("EVAL"), .text(Self.script), .text("2"), .text(Self.key), .text(WorkerRegistry.index)] + arguments
        ).get()
    }

    private static let script = String(decoding: PackageResources.throttles_lua, as: UTF8.self)
}
