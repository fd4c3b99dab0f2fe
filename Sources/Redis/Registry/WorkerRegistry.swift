import FleetModel

/// Who belongs to the fleet, in Redis: the sorted set `gad:workers` (worker by last beat) and a hash
/// `gad:worker:<id>` with a time to live for each.
///
/// A worker that stops beating vanishes with its hash, however it ended.
package struct WorkerRegistry: Sendable {
    private let client: RedisClient
    private let lifetime: Duration

    package static let standardLifetime: Duration = .seconds(15)
    /// Workers read at most, most recent beats first.
    package static let maximumWorkers = 1_000
    /// Names without a hash stay this long in the sorted set.
    private static let forgottenAfter: Duration = .seconds(3600)
    static let index = "gad:workers"

    package init(client: RedisClient, lifetime: Duration = standardLifetime) {
        self.client = client
        self.lifetime = lifetime
    }

    /// Says that a worker lives.
    package func beat(_ entry: WorkerEntry, at now: UnixTime) async throws {
        let key = Self.key(entry.worker)
        let forgotten = Self.score(now.advanced(by: .zero - Self.forgottenAfter))
        // In one transaction, so that no reader finds the name without its hash.
        _ = try await client.send(pipeline: [
            RESPCommand("MULTI"),
            RESPCommand("HSET", [key] + entry.fields),
            RESPCommand("PEXPIRE", [key, String(lifetime.wholeMilliseconds)]),
            RESPCommand("ZADD", [Self.index, Self.score(now), entry.worker.rawValue]),
            RESPCommand("ZREMRANGEBYSCORE", [Self.index, "-inf", "(" + forgotten]),
            RESPCommand("EXEC"),
        ])
    }

    /// The workers that have beaten within their lifetime, by name.
    package func workers() async throws -> [WorkerEntry] {
        let last = String(Self.maximumWorkers - 1)
        guard let names = try await client.send("ZREVRANGE", .text(Self.index), "0", .text(last)).array else {
            throw RedisError.unexpectedReply(to: "ZREVRANGE")
        }
        let workers = names.compactMap(\.text).map { WorkerID($0) }
        let answers = try await client.send(
            pipeline: workers.flatMap {
                [RESPCommand("HMGET", [Self.key($0)] + WorkerEntry.fieldNames), RESPCommand("PTTL", [Self.key($0)])]
            })
        return workers.enumerated().compactMap { index, worker in
            let rest = Duration.milliseconds(answers[2 * index + 1].integer ?? 0)
            return WorkerEntry(worker: worker, values: answers[2 * index].array ?? [], age: lifetime - rest)
        }.sorted { $0.worker < $1.worker }
    }

    /// Takes a worker out at once.
    package func remove(_ worker: WorkerID) async throws {
        _ = try await client.send(pipeline: [
            RESPCommand("ZREM", [Self.index, worker.rawValue]), RESPCommand("DEL", [Self.key(worker)]),
        ])
    }

    static func key(_ worker: WorkerID) -> String { "gad:worker:" + worker.rawValue }

    /// Seconds since 1970 with milliseconds, exact in a double.
    static func score(_ time: UnixTime) -> String {
        String(Double(time.microseconds / 1000) / 1000)
    }
}
