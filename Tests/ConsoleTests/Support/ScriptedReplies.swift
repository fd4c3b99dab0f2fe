import AdminAPI
import Console
import FleetModel

/// What workers answer to the pages that ask them, so that every run shows the same.
enum ScriptedReplies {
    static let worker = WorkerID("gw1-w0")

    static func answer(_ query: FleetQuery, at second: Int, _ reply: FleetReply) -> FleetAnswer {
        FleetAnswer(query, at: ScriptedWorker.time(second), parts: [.init(worker, .success(reply))])
    }

    static func failure(_ query: FleetQuery, at second: Int) -> FleetAnswer {
        let error = AdminError(.unavailable, "no word within 2 s")
        return FleetAnswer(query, at: ScriptedWorker.time(second), parts: [.init(worker, .failure(error))])
    }

    // MARK: Breakers

    static func breakers(at second: Int) -> FleetAnswer {
        let history = [
            BreakerTransition(time: ScriptedWorker.time(-200), state: .open, reason: "connection refused"),
            BreakerTransition(time: ScriptedWorker.time(-170), state: .halfOpen, reason: nil),
            BreakerTransition(time: ScriptedWorker.time(-168), state: .closed, reason: nil),
            BreakerTransition(time: ScriptedWorker.time(20), state: .open, reason: "no answer within 500 ms"),
        ]
        let breaker = BreakerReport(
            name: .publish, state: .open, since: ScriptedWorker.time(20), reason: "no answer within 500 ms",
            failuresTotal: 12, refusedTotal: 4_310)
        let report = BreakersReport(worker: worker, items: [.init(breaker: breaker, history: history)])
        return answer(.breakers, at: second, .breakers(report))
    }

    // MARK: Throttles

    static func throttles(at second: Int) -> FleetAnswer {
        let parts = (0..<2).map { index in
            let items = [
                throttle("ops:*", rate: 40, by: "ana", index), throttle("citizen:*", rate: 900, by: "luis", index),
            ]
            let list = ThrottleList(
                worker: WorkerID("gw1-w\(index)"), at: ScriptedWorker.time(second), workers: 4, items: items)
            return FleetAnswer.Part(list.worker, .success(.throttles(list)))
        }
        return FleetAnswer(.throttles, at: ScriptedWorker.time(second), parts: parts)
    }

    private static func throttle(_ pattern: String, rate: Double, by who: String, _ index: Int) -> ThrottleList.Item {
        guard let pattern = RoomPattern(pattern) else { preconditionFailure("no pattern: \(pattern)") }
        let rule = ThrottleRule(
            pattern: pattern, ratePerSecond: rate, overridesCritical: false, setBy: who,
            reason: "carga de un script", setAt: ScriptedWorker.time(2), expiresAt: ScriptedWorker.time(602))
        return ThrottleList.Item(
            rule: rule, sharePerSecond: rate / 4, passed: 1_000, hitsPublished: UInt64(100 + index), hitsDelivered: 7)
    }

    // MARK: Audit

    /// A chain of so many records, the newest first.
    static func chain(_ count: Int) -> [AuditRecord] {
        var head = AuditHead.genesis
        let records = (1...count).map { number in
            let kinds: [AuditEvent.Kind] = [.before, .outcome, .denied]
            var event = AuditEvent(
                id: "ev-\(number)", time: ScriptedWorker.time(-1_000 + number), kind: kinds[number % 3], worker: worker,
                identity: ["ana", "mperez"][number % 2], origin: "unix:pid 812", role: .operator, action: "drain",
                target: "gw1-w\(number % 4)")
            event.outcome = [nil, "done", "needs admin"][number % 3]
            event.reason = "kernel update"
            event.planHash = "9f86d081884c7d65"
            event.operation = "op-4711"
            let record = AuditRecord(event, after: head)
            head = AuditHead(record, first: 1)
            return record
        }
        return records.reversed()
    }

    static func audit(
        _ records: [AuditRecord], of total: Int, before: String? = nil, next: String?, at second: Int
    ) -> FleetAnswer {
        let head = AuditHead(sequence: total, hash: records.first?.hash ?? "", first: 1)
        let state = AuditTrailState(file: "/var/lib/gadgate/audit", sequence: 9, fault: nil, waiting: 0)
        let page = AuditPage(
            worker: worker, items: records, head: head, unreadable: [], nextCursor: next, trail: state)
        return answer(.audit(AuditQuery(before: before)), at: second, .audit(page))
    }
}

// MARK: - Redis

extension ScriptedReplies {
    static func redis(at second: Int, isGone: Bool = false) -> FleetAnswer {
        let primary = RedisPrimary(
            address: "10.0.0.4:6379", role: "master", version: "7.0.15", runID: "a1b2c3d4e5f60718", processID: 812,
            uptime: .seconds(86_400), clients: 31, usedMemory: .mebibytes(18), offset: 918_273_645)
        let replicas = [
            RedisReplica(address: "10.0.0.5:6379", isOnline: true, flags: ["slave"], lagBytes: 140, lagSeconds: 0.4),
            RedisReplica(
                address: "10.0.0.6:6379", isOnline: false, flags: ["slave", "s_down"], lagBytes: nil, lagSeconds: nil),
        ]
        let sentinels = (4...6).map { host in
            SentinelReport(
                address: "10.0.0.\(host):26379", primary: "10.0.0.4:6379", quorum: 2, known: 3, hasQuorum: host != 6,
                quorumWords: "", flags: isGone ? ["master", "s_down"] : ["master"], tilt: host == 6, epoch: 4,
                downAfter: .seconds(1))
        }
        let event = SentinelEvent(
            at: ScriptedWorker.time(3), sentinel: "10.0.0.5:26379", name: "+sdown", words: "slave 10.0.0.6:6379")
        return answer(
            .redis, at: second,
            .redis(
                RedisReport(
                    worker: worker, at: ScriptedWorker.time(second), master: "gad", primary: isGone ? nil : primary,
                    primaryFailure: isGone ? "connection refused" : nil, replicas: isGone ? [] : replicas,
                    sentinels: sentinels, events: [event], drills: DrillHistory(count: 0))))
    }

    static func details(at second: Int) -> FleetAnswer {
        var details = RedisDetails(worker: worker, at: ScriptedWorker.time(second), primary: "10.0.0.4:6379")
        let client = RedisClientInfo(
            id: 7, name: "gadgate-gw1-w0", address: "10.0.1.7:51234", user: "default", age: .seconds(7_000),
            idle: .seconds(0), outputBytes: .kibibytes(64), subscriptions: 312, command: "subscribe")
        details.clients = RedisClients(connected: 31, blocked: 1, maximum: 10_000, largest: [client])
        details.pubsub = RedisPubSub(
            channels: 312, patterns: 0, top: [RedisChannel(name: "gad:room:ops:north", subscribers: 4)])
        details.memory = RedisMemory(
            used: .mebibytes(18), peak: .mebibytes(31), resident: .mebibytes(24), maximum: .mebibytes(512),
            fragmentation: 1.3, policy: "noeviction", evictedTotal: 0, expiredTotal: 812)
        details.traffic = RedisTraffic(
            commandsPerSecond: 1_204, commandsTotal: 9_000_000, inPerSecond: .kibibytes(90),
            outPerSecond: .kibibytes(410),
            inTotal: .mebibytes(700), outTotal: .mebibytes(3_000), hitsTotal: 900, missesTotal: 100, rejectedTotal: 0)
        details.persistence = RedisPersistence(
            isLoading: false,
            snapshot: .init(isRunning: false, lastAt: ScriptedWorker.time(-60), lastSucceeded: true, changesSince: 55),
            log: .init(
                isEnabled: true, isRewriting: false, lastWriteSucceeded: true, lastRewriteSucceeded: true,
                size: .mebibytes(4)))
        details.slowlog = [
            RedisSlowCommand(
                at: ScriptedWorker.time(1), duration: .milliseconds(31), text: "KEYS *", client: "10.0.9.9:40001",
                clientName: "")
        ]
        details.streams = RedisStreamList(
            items: [RedisStreamInfo(name: "gad:stream:gov:alerts:critical", length: 4_096, lastID: "1772399040000-3")],
            found: 1, scanned: 900, keys: 900)
        return answer(.redisDetails, at: second, .redisDetails(details))
    }

    static func keys(_ kind: RedisKeyKind, at second: Int) -> FleetAnswer {
        let report = RedisKeyReport(
            worker: worker, at: ScriptedWorker.time(second), kind: kind, measure: .memory, reservation: nil,
            scanned: 900, keys: 900, isComplete: true, ranOutOfTime: false, took: .milliseconds(41),
            items: [RedisKeyInfo(name: "gad:stream:gov:alerts:critical", type: "stream", size: .mebibytes(2))])
        return answer(.redisKeys(kind), at: second, .redisKeys(report))
    }
}

extension ScriptedConsole {
    mutating func hear(answers: FleetAnswer...) { _ = model.update(.answers(answers)) }

    /// Goes to a page by its name.
    @discardableResult
    mutating func go(_ name: String) -> [ConsoleEffect] {
        press(.character(":"))
        type(name)
        return press(.enter)
    }
}

extension [ConsoleEffect] {
    /// What the console wants workers asked.
    var fetched: [FleetQuery] { compactMap { if case .fetch(let query, _) = $0 { query } else { nil } } }
}
