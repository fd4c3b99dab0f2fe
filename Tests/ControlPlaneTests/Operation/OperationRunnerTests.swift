import AdminAPI
import FleetModel
import Synchronization
import Testing

@testable import ControlPlane

@Suite("Who leads an operation")
struct OperationRunnerTests {
    let plan = CountingPlan(workers: ["a", "b", "c"].map { WorkerID($0) })

    @Test("gives the machine's orders, tells of each tick, and ends with its outcome")
    func whole() async throws {
        let world = OperationWorld()
        let told = Mutex<[String]>([])
        let end = try await world.runner.run(plan, reason: "why") { record in
            told.withLock { $0.append(record.state.note) }
        }
        #expect(end.outcome == OperationOutcome(.done, "0 refused"))
        #expect(world.state.withLock { $0.orders } == plan.workers)
        #expect(end.steps.count == 3 && end.state.phase == .ended && end.reason == "why")
        #expect(told.withLock { $0 }.contains("1 left"))
    }

    @Test("hands refusals to the machine")
    func refused() async throws {
        let world = OperationWorld()
        world.state.withLock { $0.refusal = AdminError(.alreadyDraining, "no") }
        let end = try await world.runner.run(plan, reason: nil)
        #expect(end.outcome == OperationOutcome(.partlyDone, "3 refused"))
    }

    @Test("hears the order to cancel in the answer to its news")
    func cancelled() async throws {
        let world = OperationWorld { tick, world in
            guard tick == 1 else { return }
            world.state.withLock { $0.record?.cancel = .init(by: "jlopez", reason: "wrong", at: $0.now) }
        }
        let end = try await world.runner.run(plan, reason: nil)
        #expect(end.outcome == OperationOutcome(.cancelled, "by jlopez"))
        #expect(world.state.withLock { $0.orders.count } == 2)
    }

    @Test("cancels when its own operator says so")
    func ownCancel() async throws {
        let controls = OperationControls()
        let world = OperationWorld { tick, _ in if tick == 1 { controls.cancel(reason: "stop") } }
        let end = try await world.runner.run(plan, reason: nil, controls: controls)
        #expect(end.outcome?.status == .cancelled)
    }

    @Test("gives no order while its news are not taken, says so, and goes on once they are")
    func cutOff() async throws {
        let notes = Mutex<[String]>([])
        let world = OperationWorld { tick, world in
            world.state.withLock { state in
                if tick == 1 { state.trouble = AdminError(.unavailable, "Redis is away") }
                if tick == 6 { state.trouble = nil }
            }
        }
        let end = try await world.runner.run(plan, reason: nil) { record in
            notes.withLock { $0.append(record.state.note) }
        }
        #expect(end.outcome?.status == .done)
        #expect(world.state.withLock { $0.orders } == plan.workers)
        #expect(notes.withLock { $0 }.contains { $0.contains("Redis is away") && $0.contains("nothing is ordered") })
        #expect(end.steps.count == 3, "steps told twice or lost: \(end.steps)")
    }

    @Test("ends as interrupted once another leads, and when it is not heard for minutes", arguments: [true, false])
    func fenced(byAnother: Bool) async throws {
        let trouble = byAnother ? AdminError(.fenced, "jlopez leads") : AdminError(.unavailable, "away")
        let world = OperationWorld { _, world in world.state.withLock { $0.trouble = trouble } }
        let end = try await world.runner.run(plan, reason: nil)
        #expect(end.outcome?.status == .interrupted)
        #expect(world.state.withLock { $0.orders.count } == 2)
    }

    @Test("leaves it running when told to, for another to take over")
    func left() async throws {
        let controls = OperationControls()
        let world = OperationWorld { tick, _ in if tick == 1 { controls.leave() } }
        let end = try await world.runner.run(plan, reason: nil, controls: controls)
        #expect(end.outcome == nil)
        #expect(world.state.withLock { $0.record?.outcome } == nil)
    }
}
