import AdminAPI
import FleetModel

extension Gadgate {
    /// A plan from what the workers say now.
    package func plan(_ kind: OperationKind, on targets: [Int], takenAt: UnixTime? = nil) async throws -> OperationPlan
    {
        var samples: [WorkerSample] = []
        for index in 0..<workers { samples.append(try await stats(index)) }
        return OperationPlan(
            kind: kind, targets: targets.map { workerID($0) }, parameters: [:],
            snapshot: samples.map { .init(worker: $0.worker, state: $0.state, connections: $0.connections) },
            takenAt: takenAt ?? samples.map(\.time).min() ?? UnixTime(microseconds: 0))
    }

    /// Asks any worker to begin what a plan says; the answer may be an `AdminError`.
    package func begin(_ plan: OperationPlan) async throws -> [UInt8] {
        let start = OperationStart(plan: plan, planHash: try plan.hash, reason: nil)
        return try await post(.operations, start)
    }

    /// Begins an operation as soon as the registry has caught up with what the workers say.
    package func beginSoon(_ kind: OperationKind, on targets: [Int]) async throws -> OperationRecord {
        try await eventually("the operation begins", within: .seconds(20)) {
            // An answer that is no record is a refusal: tried again.
            try? AdminJSON.decode(OperationRecord.self, from: try await begin(try await plan(kind, on: targets)))
        }
    }

    package func operations() async throws -> [OperationRecord] {
        try AdminJSON.decode(OperationList.self, from: try await curl(0, AdminRoute.operations.rawValue)).items
    }

    /// One with its steps.
    package func operations(id: String) async throws -> OperationRecord? {
        // An answer that is no record says that there is none.
        try? AdminJSON.decode(
            OperationRecord.self, from: try await curl(0, AdminRoute.operations.rawValue + "?id=" + id))
    }

    /// Drains a worker as the leader of an operation does, and ends the operation: the drain goes on by itself.
    package func drain(_ index: Int, _ request: DrainRequest = DrainRequest()) async throws -> DrainReport {
        try AdminJSON.decode(DrainReport.self, from: try await orderDrain(index, request))
    }

    /// The same; the answer may be an `AdminError`.
    package func orderDrain(_ index: Int, _ request: DrainRequest = DrainRequest()) async throws -> [UInt8] {
        let record = try await beginSoon(.drain, on: [index])
        let headers = ["\(AdminHeader.operation): \(record.id)", "\(AdminHeader.fence): \(record.fence)"]
        let answer = try await post(.drain, request, to: index, headers: headers)
        let news = OperationNews(
            id: record.id, fence: record.fence, state: record.state, steps: [],
            outcome: OperationOutcome(.done, "ordered"))
        _ = try await post(.operationProgress, news)
        return answer
    }

    package func post(
        _ route: AdminRoute, _ body: some Encodable, to index: Int = 0, headers: [String] = []
    ) async throws -> [UInt8] {
        let text = String(decoding: try AdminJSON.encode(body), as: UTF8.self)
        return try await curl(
            index, route.rawValue, ["-X", "POST", "-d", text] + headers.flatMap { ["-H", $0] })
    }
}
