import FleetModel

/// Cleaning up after workers that died.
///
/// What a worker left is claimed first, by renaming it: so of several who come to clean only one does, and nothing of
/// the worker's next life is touched. The sorted set `gad:sweeps` knows the claims and since when they stand: if the
/// cleaner dies as well, another takes them over.
extension ConnectionRegistry {
    /// A cleaner that takes longer is taken for dead.
    private static let patience: Duration = .seconds(60)
    /// A worker whose entry among the workers lapsed may only have been cut off for a moment.
    private static let mercy = WorkerRegistry.standardLifetime
    /// Abandoned claims taken over in one sweep; the others wait for the next.
    private static let mostAbandoned = 100
    /// Asked of each HSCAN; a small hash comes whole.
    private static let scanCount = "128"

    /// Takes out what dead workers left, and what `worker` left in its life before.
    /// - Returns: how many connections were taken out.
    package func sweep(_ worker: WorkerID, at now: UnixTime) async throws -> Int {
        try await takeOver(worker, at: now)
        for dead in try await deadWorkers(at: now) where dead != worker {
            try await claim(ConnectionKeys.worker(dead), of: dead, at: now)
        }
        for abandoned in try await abandonedClaims(at: now) {
            try await claim(abandoned, of: worker, at: now)
            try await client.send("ZREM", .text(ConnectionKeys.claims), .text(abandoned))
        }
        var removed = 0
        for claim in claims.withLockedValue({ $0 }) { removed += try await clean(claim) }
        return removed
    }

    /// Claims what the worker's life before left, once, before anything of this life is entered.
    func takeOver(_ worker: WorkerID, at now: UnixTime) async throws {
        guard !hasTakenOver.withLockedValue({ $0 }) else { return }
        try await claim(ConnectionKeys.worker(worker), of: worker, at: now)
        hasTakenOver.withLockedValue { $0 = true }
    }
}

// MARK: - Claiming

extension ConnectionRegistry {
    /// Workers that beat once, whose entry lapsed, and who left connections.
    private func deadWorkers(at now: UnixTime) async throws -> [WorkerID] {
        let limit = WorkerRegistry.score(now.advanced(by: .zero - WorkerRegistry.standardLifetime - Self.mercy))
        let most = String(WorkerRegistry.maximumWorkers)
        let silent = try await texts("ZRANGEBYSCORE", [WorkerRegistry.index, "-inf", limit, "LIMIT", "0", most])
        let workers = silent.map { WorkerID($0) }
        let left = try await client.send(
            pipeline: workers.flatMap {
                [RESPCommand("EXISTS", [WorkerRegistry.key($0)]), RESPCommand("EXISTS", [ConnectionKeys.worker($0)])]
            })
        return workers.enumerated().compactMap { index, worker in
            left[2 * index].integer == 0 && left[2 * index + 1].integer == 1 ? worker : nil
        }
    }

    private func abandonedClaims(at now: UnixTime) async throws -> [String] {
        let limit = WorkerRegistry.score(now.advanced(by: .zero - Self.patience))
        let found = try await texts(
            "ZRANGEBYSCORE", [ConnectionKeys.claims, "-inf", limit, "LIMIT", "0", "\(Self.mostAbandoned)"])
        let own = claims.withLockedValue { $0 }
        return found.filter { !own.contains($0) }
    }

    private func claim(_ key: String, of worker: WorkerID, at now: UnixTime) async throws {
        let claim = ConnectionKeys.claim(worker)
        // Noted before it is renamed: a name without a hash harms nobody, a hash without a name would stay.
        try await client.send("ZADD", .text(ConnectionKeys.claims), .text(WorkerRegistry.score(now)), .text(claim))
        do {
            try await client.send("RENAME", .text(key), .text(claim))
            _ = claims.withLockedValue { $0.insert(claim) }
        } catch RedisError.refused(let words) where words.contains("no such key") {
            try await client.send("ZREM", .text(ConnectionKeys.claims), .text(claim))
        }
    }

    private func texts(_ name: RESPArgument, _ arguments: [String]) async throws -> [String] {
        (try await client.send(RESPCommand(name, arguments)).get().array ?? []).compactMap(\.text)
    }
}

// MARK: - Cleaning

extension ConnectionRegistry {
    private func clean(_ claim: String) async throws -> Int {
        var removed = 0
        var cursor = "0"
        repeat {
            let reply = try await client.send("HSCAN", .text(claim), .text(cursor), "COUNT", .text(Self.scanCount))
            guard let parts = reply.array, parts.count == 2, let next = parts[0].text, let pairs = parts[1].array else {
                throw RedisError.unexpectedReply(to: "HSCAN")
            }
            removed += try await remove(Self.entries(pairs.compactMap(\.text)), from: claim)
            cursor = next
        } while cursor != "0"
        _ = try await client.send(pipeline: [
            RESPCommand("DEL", [claim]), RESPCommand("ZREM", [ConnectionKeys.claims, claim]),
        ])
        _ = claims.withLockedValue { $0.remove(claim) }
        return removed
    }

    /// - Parameter pairs: connection and user in turns.
    private static func entries(_ pairs: [String]) -> [Entry] {
        stride(from: 0, to: pairs.count - 1, by: 2).map { Entry(connection: pairs[$0], user: pairs[$0 + 1]) }
    }
}
