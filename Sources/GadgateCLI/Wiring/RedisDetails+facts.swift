import AdminAPI
import FleetModel
import NIOCore
import Redis

extension RedisDetails {
    init(_ facts: ServerFacts, worker: WorkerID, at: UnixTime, primary: String) {
        self.init(worker: worker, at: at, primary: primary)
        switch facts.info {
        // Without it nothing else was asked either.
        case .failure(let failure): gaps = [RedisGap(.info, "\(failure)")]
        case .success(let info): take(facts, InfoFields(info))
        }
    }

    private mutating func take(_ facts: ServerFacts, _ info: InfoFields) {
        memory = RedisMemory(info)
        traffic = RedisTraffic(info)
        persistence = RedisPersistence(info)
        clients = RedisClients(info, listed: part(.clients, facts.clients) ?? [])
        pubsub = RedisPubSub(info, part(.pubsub, facts.channels) ?? [:])
        let (channels, limit) = (info.count("pubsub_channels"), ServerQuestion.maximumChannels)
        if channels > limit {
            let failure = InspectionFailure.tooMany("channels", count: channels, limit: limit)
            gaps.append(RedisGap(.pubsub, "\(failure): only those are listed that every worker hears"))
        }
        slowlog = part(.slowlog, facts.slowlog)?.prefix(Self.maximumSlowCommands).map { RedisSlowCommand($0) }
        streams = part(.streams, facts.streams).map { RedisStreamList($0) }
    }

    private mutating func part<Value>(_ part: RedisGap.Part, _ outcome: ServerFacts.Part<Value>) -> Value? {
        switch outcome {
        case .success(let value): return value
        case .failure(let failure):
            gaps.append(RedisGap(part, "\(failure)"))
            return nil
        }
    }
}

/// The fields of `INFO`, read as what they are; one that a version of Redis does not have is zero.
struct InfoFields {
    private let fields: [String: String]

    init(_ fields: [String: String]) { self.fields = fields }

    func text(_ name: String) -> String { fields[name] ?? "" }
    func integer(_ name: String) -> Int64 { Int64(text(name)) ?? 0 }
    func count(_ name: String) -> Int { Int(text(name)) ?? 0 }
    func number(_ name: String) -> Double { Double(text(name)) ?? 0 }
    func bytes(_ name: String) -> ByteCount { ByteCount(integer(name)) }
    func flag(_ name: String) -> Bool { text(name) == "1" }
    /// What never happened has no state, and did not fail.
    func succeeded(_ name: String) -> Bool { ["", "ok"].contains(text(name)) }
}

extension RedisClients {
    init(_ info: InfoFields, listed clients: [[String: String]]) {
        let waiting = clients.map { RedisClientInfo($0) }.filter { $0.outputBytes > .zero }
        let largest = waiting.sorted { ($1.outputBytes, $0.id) < ($0.outputBytes, $1.id) }
        self.init(
            connected: info.count("connected_clients"), blocked: info.count("blocked_clients"),
            maximum: info.count("maxclients"), largest: Array(largest.prefix(Self.maximumListed)))
    }
}

extension RedisClientInfo {
    /// A line of `CLIENT LIST`. Source: redis.io, "CLIENT LIST".
    init(_ fields: [String: String]) {
        let fields = InfoFields(fields)
        self.init(
            id: fields.integer("id"), name: fields.text("name"), address: fields.text("addr"),
            user: fields.text("user"), age: .seconds(fields.integer("age")), idle: .seconds(fields.integer("idle")),
            outputBytes: Self.waiting(fields), subscriptions: fields.count("sub") + fields.count("psub"),
            command: fields.text("cmd"))
    }

    /// `omem` is the memory of the list of replies, `obl` what is in the fixed buffer before it.
    private static func waiting(_ fields: InfoFields) -> ByteCount { fields.bytes("omem") + fields.bytes("obl") }
}

extension RedisPubSub {
    init(_ info: InfoFields, _ counts: [String: Int]) {
        let channels = counts.map { RedisChannel(name: BoundedText.cut($0.key, to: .name), subscribers: $0.value) }
        let top = channels.sorted { ($1.subscribers, $0.name) < ($0.subscribers, $1.name) }
        self.init(
            channels: info.count("pubsub_channels"), patterns: info.count("pubsub_patterns"),
            top: Array(top.prefix(Self.maximumListed)))
    }
}

extension RedisMemory {
    init(_ info: InfoFields) {
        let maximum = info.bytes("maxmemory")
        self.init(
            used: info.bytes("used_memory"), peak: info.bytes("used_memory_peak"),
            resident: info.bytes("used_memory_rss"), maximum: maximum == .zero ? nil : maximum,
            fragmentation: info.number("mem_fragmentation_ratio"), policy: info.text("maxmemory_policy"),
            evictedTotal: info.integer("evicted_keys"), expiredTotal: info.integer("expired_keys"))
    }
}

extension RedisTraffic {
    init(_ info: InfoFields) {
        self.init(
            commandsPerSecond: info.number("instantaneous_ops_per_sec"),
            commandsTotal: info.integer("total_commands_processed"),
            inPerSecond: Self.rate(info, "instantaneous_input_kbps"),
            outPerSecond: Self.rate(info, "instantaneous_output_kbps"), inTotal: info.bytes("total_net_input_bytes"),
            outTotal: info.bytes("total_net_output_bytes"), hitsTotal: info.integer("keyspace_hits"),
            missesTotal: info.integer("keyspace_misses"), rejectedTotal: info.integer("rejected_connections"))
    }

    /// Redis says kbps and means 1024 bytes a second.
    private static func rate(_ info: InfoFields, _ name: String) -> ByteCount {
        let bytes = info.number(name) * 1_024
        return ByteCount(bytes.isFinite && bytes < 1e15 ? Int64(bytes) : 0)
    }
}

extension RedisPersistence {
    init(_ info: InfoFields) {
        let last = info.integer("rdb_last_save_time")
        let isLogged = info.flag("aof_enabled")
        self.init(
            isLoading: info.flag("loading"),
            snapshot: Snapshot(
                isRunning: info.flag("rdb_bgsave_in_progress"),
                lastAt: last > 0 ? UnixTime(seconds: Double(last)) : nil,
                lastSucceeded: info.succeeded("rdb_last_bgsave_status"),
                changesSince: info.integer("rdb_changes_since_last_save")),
            log: Log(
                isEnabled: isLogged, isRewriting: info.flag("aof_rewrite_in_progress"),
                lastWriteSucceeded: info.succeeded("aof_last_write_status"),
                lastRewriteSucceeded: info.succeeded("aof_last_bgrewrite_status"),
                size: isLogged ? info.bytes("aof_current_size") : nil))
    }
}

extension RedisSlowCommand {
    init(_ entry: SlowEntry) {
        self.init(
            at: UnixTime(seconds: Double(entry.seconds)), duration: entry.duration,
            text: BoundedText.cut(entry.arguments.joined(separator: " "), to: .slowCommand), client: entry.client,
            clientName: entry.clientName)
    }
}

extension RedisStreamList {
    init(_ finding: KeyFinding) {
        self.init(
            items: finding.keys.prefix(Self.maximumListed).map { key in
                RedisStreamInfo(
                    name: BoundedText.cut(String(buffer: key.name), to: .name), length: Int(key.value),
                    lastID: key.lastID)
            }, found: finding.found, scanned: finding.scanned, keys: finding.databaseSize)
    }
}
