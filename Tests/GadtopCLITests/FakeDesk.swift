import AdminAPI
import FleetModel
import Synchronization
import TestSupport

/// The operations of a fake fleet: begins everything, and remembers what is told.
final class FakeDesk: Sendable {
    private let record = Mutex<OperationRecord?>(nil)

    /// - Returns: nil for what is no desk's affair.
    func answer(_ request: FakeWorker.Request) throws -> FakeWorker.Reply? {
        switch (request.method, request.path) {
        case ("POST", "/v1/operations"): .json(200, try AdminJSON.encode(try begin(request.body)))
        case ("POST", "/v1/operations/progress"): .json(200, try AdminJSON.encode(try note(request.body)))
        case ("POST", "/v1/operations/cancel"): .json(200, try AdminJSON.encode(cancel()))
        case ("GET", let path) where path.hasPrefix("/v1/operations"):
            .json(200, try AdminJSON.encode(OperationList(items: record.withLock { $0.map { [$0] } ?? [] })))
        default: nil
        }
    }

    private func begin(_ body: [UInt8]) throws -> OperationRecord {
        let start = try AdminJSON.decode(OperationStart.self, from: body)
        let time = start.plan.takenAt
        let begun = OperationRecord(
            id: OperationPlan.operationID(planHash: start.planHash), plan: start.plan, planHash: start.planHash,
            fence: 1, leader: "mperez", origin: "unix", reason: start.reason, startedAt: time, updatedAt: time,
            leaseEndsAt: nil, state: .init(phase: .running, progress: 0, note: "", workers: []), steps: [])
        record.withLock { $0 = begun }
        return begun
    }

    private func note(_ body: [UInt8]) throws -> OperationRecord? {
        let news = try AdminJSON.decode(OperationNews.self, from: body)
        return record.withLock { record in
            record?.state = news.state
            record?.steps += news.steps
            record?.outcome = news.outcome
            return record
        }
    }

    private func cancel() -> OperationRecord? {
        record.withLock { record in
            record?.cancel = .init(by: "mperez", reason: nil, at: UnixTime(microseconds: 0))
            return record
        }
    }
}
