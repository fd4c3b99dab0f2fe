import AdminAPI
import FleetModel
import Gateway
import Redis

/// The Redis of a worker, as its topology, its Sentinels and its primary tell of it.
struct RedisOversight: RedisOverseer {
    let worker: WorkerID
    let topology: RedisTopology
    /// Started already.
    let client: RedisClient
    let insight: RedisInsight
    let log: SentinelLog
    let clock: SteadyClock

    func report() async -> RedisReport {
        async let facts = topology.sentinelFacts()
        async let info = primaryInfo()
        async let book = drills()
        let (sentinels, primary) = (await facts, await info)
        let fields = (try? primary.get()) ?? [:]
        return RedisReport(
            worker: worker, at: clock.now, master: topology.master,
            primary: fields.isEmpty ? nil : RedisPrimary(fields, at: topology.primary),
            primaryFailure: primary.failureWords, replicas: RedisReplica.all(of: fields, sentinels),
            sentinels: sentinels.map { SentinelReport($0) }, events: log.events, drills: await book)
    }

    func details() async -> RedisDetails { await insight.details() }

    func keys(_ kind: RedisKeyKind, limit: Int) async throws(AdminError) -> RedisKeyReport {
        try await insight.keys(kind, limit: limit)
    }

    func failOver() async throws(AdminError) -> FailoverReport {
        let primary = topology.primary
        do {
            let sentinel = try await topology.failOver()
            return FailoverReport(worker: worker, at: clock.now, sentinel: "\(sentinel)", primary: primary)
        } catch {
            throw AdminError(failover: error)
        }
    }

    /// A primary that hangs must not hold up what the Sentinels say.
    private static let answerTime: Duration = .seconds(1)

    private func primaryInfo() async -> Result<[String: String], RedisError> {
        do {
            return .success(RedisFields.info(try await client.send(["INFO"]).within(Self.answerTime).get().text ?? ""))
        } catch {
            return .failure(error as? RedisError ?? .connectionLost("\(error)"))
        }
    }
}

extension Result where Failure == RedisError {
    fileprivate var failureWords: String? {
        switch self {
        case .success: nil
        case .failure(let error): "\(error)"
        }
    }
}

// MARK: - The book of drills

extension RedisOversight {
    private static let key: RESPArgument = "gad:drills"

    func note(_ drill: DrillNote) async throws(AdminError) -> DrillHistory {
        var fields: [RESPArgument]
        if let verdict = drill.verdict {
            fields = ["last_verdict", .text(verdict)]
        } else {
            fields = ["last_at", .text(clock.now.description), "last_mode", .text(drill.mode), "last_verdict", ""]
        }
        do {
            if drill.verdict == nil { try await client.send("HINCRBY", Self.key, "count", "1") }
            _ = try await client.send(["HSET", Self.key] + fields).get()
            return try await history()
        } catch {
            throw AdminError(.unavailable, "the drill cannot be noted in Redis: \(error)")
        }
    }

    /// nil where Redis cannot be asked.
    private func drills() async -> DrillHistory? { try? await history() }

    private func history() async throws -> DrillHistory {
        let names = ["count", "last_at", "last_mode", "last_verdict"]
        let reply = try await client.send(["HMGET", Self.key] + names.map { .text($0) }).within(Self.answerTime).get()
        let texts = (reply.array ?? []).map { $0.text.flatMap { $0.isEmpty ? nil : $0 } }
        guard texts.count == names.count else { throw RedisError.unexpectedReply(to: "HMGET") }
        return DrillHistory(
            count: texts[0].flatMap { Int($0) } ?? 0, lastAt: texts[1].flatMap { UnixTime(rfc3339: $0) },
            lastMode: texts[2], lastVerdict: texts[3])
    }
}

extension AdminError {
    /// Why no failover began.
    fileprivate init(failover error: RedisError) {
        switch error {
        case .refused(let words) where words.hasPrefix("INPROG"):
            self.init(.conflict, "a failover is under way already; wait until it is over (\(words))")
        case .refused(let words) where words.hasPrefix("NOGOODSLAVE"):
            self.init(.conflict, "no replica is good enough to be promoted; see: gadtop get redis (\(words))")
        case .refused(let words): self.init(.conflict, "the Sentinel refused: \(words)")
        case .notConnected, .connectionLost, .tooMuchInFlight, .notReplicated, .protocolViolation, .unexpectedReply,
            .commandTooLarge, .outOfMemory, .shutDown:
            self.init(.unavailable, "no Sentinel took the order: \(error)")
        }
    }
}
