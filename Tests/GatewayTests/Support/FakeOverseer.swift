import AdminAPI
import FleetModel
import Synchronization

@testable import Gateway

/// A Redis that is only told of.
final class FakeOverseer: RedisOverseer {
    /// What was asked of its keys.
    let searches = Mutex<[String]>([])

    private let worker = WorkerID("gw-w1")
    private let time = UnixTime(microseconds: 0)

    func report() async -> RedisReport {
        RedisReport(
            worker: worker, at: time, master: nil, primary: nil, primaryFailure: "away", replicas: [], sentinels: [],
            events: [], drills: nil)
    }

    func details() async -> RedisDetails {
        RedisDetails(worker: worker, at: time, primary: "h:1", gaps: [RedisGap(.info, "away")])
    }

    func keys(_ kind: RedisKeyKind, limit: Int) async throws(AdminError) -> RedisKeyReport {
        let count = searches.withLock { searches in
            searches.append("\(kind) \(limit)")
            return searches.count
        }
        guard count < 3 else { throw AdminError(.conflict, "one runs already") }
        return RedisKeyReport(
            worker: worker, at: time, kind: kind, measure: .memory, reservation: nil, scanned: 1, keys: 2,
            isComplete: false, ranOutOfTime: true, took: .milliseconds(500), items: [])
    }

    func failOver() async throws(AdminError) -> FailoverReport {
        throw AdminError(.unavailable, "there are no Sentinels")
    }

    func note(_ drill: DrillNote) async throws(AdminError) -> DrillHistory { DrillHistory() }
}
