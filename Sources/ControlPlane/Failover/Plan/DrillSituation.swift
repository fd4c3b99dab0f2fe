import AdminAPI
import FleetModel

/// What is known before a drill, for its checks to judge.
package struct DrillSituation: Sendable {
    package var fleet: Fleet
    /// Of the workers that could be asked; the first one speaks for Redis.
    package var redis: [RedisReport]
    /// The disruptive operation that runs, if one does.
    package var running: OperationRecord?
    package var safety: SafetyState
    package var options: DrillOptions
    /// Of the primary that `redis` names.
    package var reach: PrimaryReach
    package var now: UnixTime

    package init(
        fleet: Fleet, redis: [RedisReport], running: OperationRecord?, safety: SafetyState, options: DrillOptions,
        reach: PrimaryReach, now: UnixTime
    ) {
        self.fleet = fleet
        self.redis = redis
        self.running = running
        self.safety = safety
        self.options = options
        self.reach = reach
        self.now = now
    }

    var report: RedisReport? { redis.first }
    var primary: RedisPrimary? { report?.primary }
    var goodReplicas: [RedisReplica] { report?.replicas.filter(\.isGood) ?? [] }
    var sentinels: [SentinelReport] { report?.sentinels ?? [] }

    /// Whose probes are measured.
    var workers: [WorkerID] { fleet.ordered.filter { !$0.isStale && $0.sample != nil }.map(\.id) }
}
