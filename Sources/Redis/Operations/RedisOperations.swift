import FleetModel
import NIOCore

/// Operations in Redis: the lock `gad:operation`, a hash `gad:operation:<id>` and a list of steps for each, the sorted
/// set `gad:operations` of those that are kept, the counter of fencing tokens, the marks of plans that were used, and
/// the safety lever. Leases are judged by the clock of Redis, the only one that all share.
package struct RedisOperations: Sendable {
    private let client: RedisClient
    private let lease: Duration
    private let maximumSteps: Int

    /// Operations that are kept, and for how long.
    private static let kept = 200
    private static let keptSeconds = 30 * 86_400
    /// A plan that is older has expired anyway.
    private static let usedPlanSeconds = 86_400

    /// - Parameter client: started already.
    package init(client: RedisClient, lease: Duration, maximumSteps: Int) {
        self.client = client
        self.lease = lease
        self.maximumSteps = maximumSteps
    }

    /// - Parameters:
    ///   - interrupted: the outcome for an operation whose leader is gone, when its lock is taken by this one.
    ///   - fields: further fields of the operation's hash.
    package func start(
        _ id: String, planHash: String, isDisruptive: Bool, interrupted: String, fields: [String: String]
    ) async throws -> OperationReply {
        let keys = [
            Keys.lock, Keys.operation(id), Keys.index, Keys.fence, Keys.safety, Keys.plan(planHash),
        ]
        let head = [
            id, isDisruptive ? "1" : "0", "\(lease.wholeMilliseconds)", "\(Self.kept)", "\(Self.keptSeconds)",
            "\(Self.usedPlanSeconds)", interrupted,
        ]
        return try await run(.start, keys, head + fields.flatMap { [$0.key, $0.value] })
    }

    /// - Parameter outcome: ends the operation.
    package func report(
        _ id: String, fence: Int, state: String, steps: [String], outcome: String?
    ) async throws -> OperationReply {
        let arguments = [
            id, "\(fence)", "\(lease.wholeMilliseconds)", "\(maximumSteps)", state, outcome ?? "",
        ]
        return try await run(.report, [Keys.lock, Keys.operation(id), Keys.steps(id)], arguments + steps)
    }

    package func cancel(_ id: String, order: String) async throws -> OperationReply {
        try await run(.cancel, [Keys.operation(id), Keys.steps(id)], [order])
    }

    package func takeOver(_ id: String, by leader: String, from origin: String) async throws -> OperationReply {
        try await run(
            .takeOver, [Keys.lock, Keys.operation(id), Keys.steps(id), Keys.fence],
            [id, leader, origin, "\(lease.wholeMilliseconds)"])
    }

    private func run(
        _ script: OperationScript, _ keys: [String], _ arguments: [String]
    ) async throws -> OperationReply {
        try OperationReply(try await client.send(script.command(keys: keys, arguments: arguments)).get())
    }
}

// MARK: - Reading

extension RedisOperations {
    package func operation(_ id: String) async throws -> StoredOperation? {
        let replies = try await client.send(pipeline: [
            RESPCommand("HGETALL", [Keys.operation(id)]), RESPCommand("LRANGE", [Keys.steps(id), "0", "-1"]),
        ])
        let stored = StoredOperation(fields: replies[0], steps: replies[1])
        return stored.fields.isEmpty ? nil : stored
    }

    /// The latest first, without their steps.
    package func operations(limit: Int) async throws -> [StoredOperation] {
        let names = try await client.send("ZREVRANGE", .text(Keys.index), "0", .text(String(limit - 1)))
        let commands = (names.array ?? []).compactMap(\.text).map { RESPCommand("HGETALL", [Keys.operation($0)]) }
        guard !commands.isEmpty else { return [] }
        return try await client.send(pipeline: commands)
            .map { StoredOperation(fields: $0, steps: nil) }.filter { !$0.fields.isEmpty }
    }

    /// The operation that holds the lock, where its lease has not ended.
    package func holder() async throws -> (id: String, fence: Int)? {
        let replies = try await client.send(pipeline: [
            RESPCommand("HMGET", [Keys.lock, "id", "fence", "until"]), RESPCommand("TIME"),
        ])
        let texts = (replies[0].array ?? []).compactMap(\.text)
        guard texts.count == 3, let fence = Int(texts[1]), let until = Int64(texts[2]),
            let seconds = replies[1].array?.first?.text.flatMap({ Int64($0) })
        else { return nil }
        return until > seconds * 1000 ? (texts[0], fence) : nil
    }
}

// MARK: - The safety lever

extension RedisOperations {
    /// The lever's fields; empty when it was never set.
    package func safety() async throws -> [String: String] {
        StoredOperation(fields: try await client.send("HGETALL", .text(Keys.safety)), steps: nil).fields
    }

    /// - Parameter order: for the operation that runs, when the lever is engaged.
    package func setSafety(engaged: Bool, reason: String, by: String, at: String, order: String) async throws {
        _ = try await client.send(
            OperationScript.setSafety.command(
                keys: [Keys.safety, Keys.lock], arguments: [engaged ? "1" : "0", reason, by, at, order])
        ).get()
    }
}

private enum Keys {
    static let lock = "gad:operation"
    static let index = "gad:operations"
    static let fence = "gad:operation:fence"
    static let safety = "gad:safety"
    static func operation(_ id: String) -> String { "gad:operation:" + id }
    static func steps(_ id: String) -> String { "gad:operation:\(id):steps" }
    static func plan(_ hash: String) -> String { "gad:plan:" + hash }
}
