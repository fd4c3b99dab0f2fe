import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("The routes of operations")
struct OperationRoutesTests {
    func plan(_ kind: OperationKind = .drain, connections: Int = 40) -> OperationPlan {
        OperationPlan(
            kind: kind, targets: [WorkerID("gw-w1")], parameters: [:],
            snapshot: [.init(worker: WorkerID("gw-w1"), state: .active, connections: connections)], takenAt: .now)
    }

    func refusal(_ answer: AdminClient.Answer) throws -> AdminError.Code { try answer.error().code }

    func start(_ plan: OperationPlan, _ world: AdminWorld) async throws -> AdminClient.Answer {
        await world.register.set([
            FleetMember(worker: WorkerID("gw-w1"), node: "gw", state: .active, connections: 40, age: .zero)
        ])
        let body = OperationStart(plan: plan, planHash: try plan.hash, reason: "why")
        return try await world.client.post("/v1/operations", body)
    }

    @Test("begin, tell of, and end an operation that everybody can read")
    func life() async throws {
        try await AdminWorld.run { world in
            let begun = try await start(plan(), world).decoded(OperationRecord.self)
            #expect(begun.reason == "why" && begun.outcome == nil && !begun.leader.isEmpty)
            let state = OperationRecord.Progress(phase: .ended, progress: 1, note: "", workers: [])
            let news = OperationNews(
                id: begun.id, fence: begun.fence, state: state, steps: [.init(at: .now, words: "closed")],
                outcome: OperationOutcome(.done, "all gone"))
            _ = try await world.client.post("/v1/operations/progress", news)
            let read = try await world.client.get("/v1/operations?id=\(begun.id)").decoded(OperationRecord.self)
            #expect(read.outcome?.words == "all gone" && read.steps.map(\.words) == ["closed"])
            let list = try await world.client.get("/v1/operations").decoded(OperationList.self)
            #expect(list.items.map(\.id) == [begun.id] && list.items.allSatisfy { $0.steps.isEmpty })
        }
    }

    @Test("refuse a second operation and name who leads the first, and a plan that was used")
    func second() async throws {
        try await AdminWorld.run { world in
            let first = plan()
            let begun = try await start(first, world).decoded(OperationRecord.self)
            let second = try await start(plan(.rebalance), world).error()
            #expect(second.code == .operationRunning && second.message.contains("is led by"))
            let news = OperationNews(
                id: begun.id, fence: begun.fence, state: begun.state, steps: [], outcome: OperationOutcome(.done, ""))
            _ = try await world.client.post("/v1/operations/progress", news)
            let refused1 = try refusal(try await start(first, world))
            #expect(refused1 == .planInvalid)
        }
    }

    @Test("refuse a plan from which the fleet has drifted")
    func drifted() async throws {
        try await AdminWorld.run { world in
            let refused2 = try refusal(try await start(plan(connections: 4_000), world))
            #expect(refused2 == .planDrifted)
        }
    }

    @Test("have the lever cancel what runs and block what would start")
    func lever() async throws {
        try await AdminWorld.run { world in
            let begun = try await start(plan(), world).decoded(OperationRecord.self)
            let engaged = try await world.client.post(
                "/v1/safety", SafetyState(engaged: true, reason: "incident"))
            #expect(try engaged.decoded(SafetyState.self).engaged)
            let read = try await world.client.get("/v1/operations?id=\(begun.id)").decoded(OperationRecord.self)
            #expect(read.cancel != nil)
            let refused3 = try refusal(try await start(plan(.rebalance), world))
            #expect(refused3 == .safetyEngaged)
        }
    }

    @Test("know no operation that never was")
    func unknown() async throws {
        try await AdminWorld.run { world in
            let refused4 = try refusal(try await world.client.get("/v1/operations?id=nope"))
            #expect(refused4 == .notFound)
            let reference = OperationReference(id: "nope", reason: nil)
            let refused5 = try refusal(try await world.client.post("/v1/operations/cancel", reference))
            #expect(refused5 == .notFound)
        }
    }
}
