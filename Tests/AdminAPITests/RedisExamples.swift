import AdminAPI
import FleetModel

/// What a worker tells of the inside of Redis, with every part that there can be.
enum RedisExamples {
    static func details(_ worker: WorkerID, _ time: UnixTime) -> RedisDetails {
        let client = RedisClientInfo(
            id: 1, name: "n", address: "a:1", user: "default", age: .seconds(1), idle: .seconds(1),
            outputBytes: .kibibytes(1), subscriptions: 1, command: "subscribe")
        var details = RedisDetails(worker: worker, at: time, primary: "h:1", gaps: [RedisGap(.slowlog, "r")])
        details.clients = RedisClients(connected: 1, blocked: 0, maximum: 10, largest: [client])
        details.pubsub = RedisPubSub(channels: 1, patterns: 0, top: [RedisChannel(name: "gad:all", subscribers: 1)])
        details.memory = RedisMemory(
            used: .kibibytes(1), peak: .kibibytes(1), resident: .kibibytes(1), maximum: .kibibytes(2),
            fragmentation: 1, policy: "noeviction", evictedTotal: 0, expiredTotal: 0)
        details.traffic = RedisTraffic(
            commandsPerSecond: 1, commandsTotal: 1, inPerSecond: .zero, outPerSecond: .zero, inTotal: .zero,
            outTotal: .zero, hitsTotal: 1, missesTotal: 1, rejectedTotal: 0)
        details.persistence = RedisPersistence(
            isLoading: false,
            snapshot: .init(isRunning: false, lastAt: time, lastSucceeded: true, changesSince: 1),
            log: .init(
                isEnabled: true, isRewriting: false, lastWriteSucceeded: true, lastRewriteSucceeded: true,
                size: .kibibytes(1)))
        details.slowlog = [
            RedisSlowCommand(at: time, duration: .milliseconds(20), text: "KEYS *", client: "a:1", clientName: "n")
        ]
        details.streams = RedisStreamList(
            items: [RedisStreamInfo(name: "gad:stream:gov:a", length: 1, lastID: "1-0")], found: 1, scanned: 1, keys: 1)
        return details
    }

    static func keys(_ worker: WorkerID, _ time: UnixTime) -> RedisKeyReport {
        RedisKeyReport(
            worker: worker, at: time, kind: .hot, measure: .idle, reservation: "r", scanned: 1, keys: 1,
            isComplete: true, ranOutOfTime: false, took: .milliseconds(1),
            items: [
                RedisKeyInfo(name: "k", type: "hash", size: .kibibytes(1), frequency: 1, idleSeconds: 0.5)
            ])
    }
}
