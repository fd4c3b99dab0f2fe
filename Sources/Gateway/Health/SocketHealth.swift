import AdminAPI
import FleetModel

/// Whether a worker can serve sockets well: the blueprint's §9.1, each figure beside its bound.
///
/// The body of `/health/socket`.
struct SocketHealth: Codable, Sendable, Equatable {
    var status: String
    var worker: WorkerID
    /// What is over its bound, in words.
    var reasons: [String]
    var loopLagSeconds: BoundedFigure
    /// Part of the worker's queue bound in use.
    var queueShare: BoundedFigure
    var redisRoundTripSeconds: BoundedFigure
    var echoAgeSeconds: BoundedFigure

    init(_ worker: WorkerID, _ vitals: WorkerVitals, _ policy: HealthPolicy) {
        self.worker = worker
        loopLagSeconds = BoundedFigure(vitals.loopLag.inSeconds, bound: policy.loopLag.inSeconds)
        queueShare = BoundedFigure(vitals.queueShare, bound: policy.queueShare)
        redisRoundTripSeconds = BoundedFigure(vitals.redis.roundTrip.inSeconds, bound: policy.redisRoundTrip.inSeconds)
        echoAgeSeconds = BoundedFigure(vitals.redis.echoAge.inSeconds, bound: policy.echoAge.inSeconds)
        reasons = []
        if !loopLagSeconds.ok { reasons.append("an event loop is late by \(Self.shown(loopLagSeconds, "s"))") }
        if !queueShare.ok { reasons.append("queues are in use to a part of \(Self.shown(queueShare, ""))") }
        if !redisRoundTripSeconds.ok { reasons.append("Redis replied after \(Self.shown(redisRoundTripSeconds, "s"))") }
        reasons += [vitals.redis.silence(policy)].compactMap { $0 }
        status = reasons.isEmpty ? "healthy" : "unhealthy"
    }

    var isHealthy: Bool { reasons.isEmpty }

    private static func shown(_ figure: BoundedFigure, _ unit: String) -> String {
        func short(_ value: Double) -> String {
            "\((value * 1_000).rounded() / 1_000)" + (unit.isEmpty ? "" : " " + unit)
        }
        return "\(short(figure.value)) (bound \(short(figure.bound)))"
    }

    private enum CodingKeys: String, CodingKey {
        case status, worker, reasons
        case loopLagSeconds = "loop_lag_seconds"
        case queueShare = "queue_share"
        case redisRoundTripSeconds = "redis_round_trip_seconds"
        case echoAgeSeconds = "echo_age_seconds"
    }
}

extension RedisReading {
    /// Why nothing proves that messages come through Redis, in words; nil while an echo does.
    func silence(_ policy: HealthPolicy) -> String? {
        guard wasEchoHeard else { return "no echo through Redis yet" }
        guard echoAge > policy.echoAge else { return nil }
        return "no echo through Redis for \(Int(echoAge.inSeconds)) s (bound \(policy.echoAge.inSeconds.formatted) s)"
    }
}

extension Double {
    /// Without a fraction that is zero.
    fileprivate var formatted: String { self == rounded() && magnitude < 1e9 ? "\(Int(self))" : "\(self)" }
}
