import AdminAPI
import FleetModel

/// What has been told of the fleet's Redis: the last of each kind that held something, so that it can be shown with its
/// age once Redis is gone.
struct RedisKnowledge: Sendable {
    /// Something that was told, and when.
    struct Told<Value: Sendable>: Sendable {
        let value: Value
        let at: UnixTime
    }

    /// The last report, whatever it says.
    private(set) var report: Told<RedisReport>?
    /// The last in which the primary answered.
    private(set) var primary: Told<RedisPrimary>?
    /// The last replicas that the primary or a Sentinel named.
    private(set) var replicas: Told<[RedisReplica]>?
    /// The last details in which something was told.
    private(set) var details: Told<RedisDetails>?
    private(set) var latestDetails: Told<RedisDetails>?

    mutating func hear(_ answers: AnswerBook) {
        if let answer = answers[.redis], report?.at != answer.at, case .redis(let told)? = answer.replies.first?.reply {
            hear(told, at: answer.at)
        }
        if let answer = answers[.redisDetails], latestDetails?.at != answer.at,
            case .redisDetails(let told)? = answer.replies.first?.reply
        {
            latestDetails = Told(value: told, at: answer.at)
            if told.memory != nil || told.clients != nil { details = latestDetails }
        }
    }

    private mutating func hear(_ told: RedisReport, at time: UnixTime) {
        report = Told(value: told, at: time)
        if let known = told.primary { primary = Told(value: known, at: time) }
        if told.primary != nil || !told.replicas.isEmpty { replicas = Told(value: told.replicas, at: time) }
    }

    /// Why the primary does not answer; nil while it does, or nothing was told yet.
    var failure: SafeText? {
        guard let report, report.value.primary == nil else { return nil }
        return SafeText(report.value.primaryFailure ?? "")
    }
}
