import AdminAPI
import FleetModel

/// What a worker tells in a drill, with every part that there can be.
enum DrillExamples {
    static func redis(_ worker: WorkerID, _ time: UnixTime) -> RedisReport {
        RedisReport(
            worker: worker, at: time, master: "gad",
            primary: RedisPrimary(
                address: "h:1", role: "master", version: "7", runID: "r", processID: 1, uptime: .seconds(1), clients: 1,
                usedMemory: .kibibytes(1), offset: 1),
            primaryFailure: "f",
            replicas: [RedisReplica(address: "h:2", isOnline: true, flags: ["slave"], lagBytes: 1, lagSeconds: 0.5)],
            sentinels: [SentinelReport(address: "s:1", failure: "f")],
            events: [SentinelEvent(at: time, sentinel: "s:1", name: "+odown", words: "w")],
            drills: DrillHistory(count: 1, lastAt: time, lastMode: "crash", lastVerdict: "pass"))
    }

    static func probes(_ worker: WorkerID, _ time: UnixTime) -> ProbeReport {
        var numbers = NumberRanges()
        numbers.insert(1)
        var move = ProbeMove(leftAt: time, reason: "r", from: "h:1")
        (move.to, move.resubscribedAt, move.firstPubSubAt, move.firstStreamAt) = ("h:2", time, time, time)
        return ProbeReport(
            worker: worker, at: time, drill: "d", phase: .settling, end: "e", primary: "h:1",
            sent: [ProbeSending(lane: .stream, sent: 1, acknowledged: numbers, failures: 0, withheld: 0)],
            received: [ProbeReceipts(sender: worker, lane: .pubsub, received: numbers)],
            lanes: [
                ProbeLaneReport(
                    lane: .pubsub, lastReceivedAt: time, gaps: [.init(from: time, to: time)],
                    latency: LatencyHistogram())
            ], moves: [move])
    }
}
