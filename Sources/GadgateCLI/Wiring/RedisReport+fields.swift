import AdminAPI
import FleetModel
import Redis

extension RedisPrimary {
    /// From the fields of `INFO`. Source: redis.io, "INFO".
    init(_ info: [String: String], at address: String) {
        self.init(
            address: address, role: info["role"] ?? "", version: info["redis_version"] ?? "",
            runID: info["run_id"] ?? "", processID: info["process_id"].flatMap { Int32($0) },
            uptime: .seconds(info["uptime_in_seconds"].flatMap { Int64($0) } ?? 0),
            clients: info["connected_clients"].flatMap { Int($0) } ?? 0,
            usedMemory: ByteCount(info["used_memory"].flatMap { Int64($0) } ?? 0),
            offset: info["master_repl_offset"].flatMap { Int64($0) } ?? 0)
    }
}

extension RedisReplica {
    /// Those that the primary or a Sentinel knows, by address.
    /// - Parameter info: of the primary; empty when it does not answer.
    static func all(of info: [String: String], _ sentinels: [SentinelFacts]) -> [RedisReplica] {
        var replicas: [String: RedisReplica] = [:]
        for facts in sentinels {
            for fields in facts.replicas { replicas.merge(RedisReplica(watched: fields)) }
        }
        let offset = info["master_repl_offset"].flatMap { Int64($0) }
        for (name, value) in info where name.wholeMatch(of: #/slave\d+/#) != nil {
            replicas.merge(RedisReplica(connected: RedisFields.list(value), primaryOffset: offset))
        }
        return replicas.values.sorted { $0.address < $1.address }
    }

    /// A line of `SENTINEL REPLICAS`.
    private init(watched fields: [String: String]) {
        self.init(
            address: "\(fields["ip"] ?? ""):\(fields["port"] ?? "")",
            isOnline: fields["master-link-status"] == "ok",
            flags: (fields["flags"] ?? "").split(separator: ",").map(String.init), lagBytes: nil, lagSeconds: nil)
    }

    /// A `slaveN` of `INFO replication`.
    private init(connected fields: [String: String], primaryOffset: Int64?) {
        let offset = fields["offset"].flatMap { Int64($0) }
        self.init(
            address: "\(fields["ip"] ?? ""):\(fields["port"] ?? "")", isOnline: fields["state"] == "online", flags: [],
            lagBytes: offset.flatMap { offset in primaryOffset.map { max(0, $0 - offset) } },
            lagSeconds: fields["lag"].flatMap { Double($0) })
    }
}

extension [String: RedisReplica] {
    /// The primary knows better how far a replica is; Sentinels whether it answers.
    fileprivate mutating func merge(_ replica: RedisReplica) {
        guard var known = self[replica.address] else {
            self[replica.address] = replica
            return
        }
        // A server that is down for one of them is not good.
        known.flags += replica.flags.filter { !known.flags.contains($0) }
        known.isOnline = replica.lagBytes == nil ? known.isOnline && replica.isOnline : replica.isOnline
        known.lagBytes = replica.lagBytes ?? known.lagBytes
        known.lagSeconds = replica.lagSeconds ?? known.lagSeconds
        self[replica.address] = known
    }
}

extension SentinelReport {
    init(_ facts: SentinelFacts) {
        let fields = facts.master
        self.init(
            address: "\(facts.sentinel)", failure: facts.failure,
            primary: facts.failure == nil ? "\(fields["ip"] ?? ""):\(fields["port"] ?? "")" : "",
            quorum: fields["quorum"].flatMap { Int($0) } ?? 0,
            known: facts.failure == nil ? 1 + (fields["num-other-sentinels"].flatMap { Int($0) } ?? 0) : 0,
            hasQuorum: facts.hasQuorum, quorumWords: facts.quorumWords,
            flags: (fields["flags"] ?? "").split(separator: ",").map(String.init), tilt: facts.tilt,
            epoch: fields["config-epoch"].flatMap { Int64($0) } ?? 0,
            downAfter: .milliseconds(fields["down-after-milliseconds"].flatMap { Int64($0) } ?? 0))
    }
}
