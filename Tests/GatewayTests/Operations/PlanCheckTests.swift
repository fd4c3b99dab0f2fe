import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("The check of a plan before it is carried out")
struct PlanCheckTests {
    let now = UnixTime(microseconds: 1_795_457_902_000_000)

    func member(
        _ index: Int, _ state: WorkerState = .active, connections: Int = 1_000, node: String = "gw",
        age: Duration = .seconds(1)
    ) -> FleetMember {
        FleetMember(
            worker: WorkerID(node: node, index: index), node: node, state: state, connections: connections, age: age)
    }

    func plan(age: Duration = .seconds(5), targets: [Int] = [0]) -> OperationPlan {
        OperationPlan(
            kind: .drain, targets: targets.map { WorkerID(node: "gw", index: $0) }, parameters: [:],
            snapshot: (0..<2).map {
                .init(worker: WorkerID(node: "gw", index: $0), state: .active, connections: 1_000)
            },
            takenAt: now.advanced(by: .zero - age))
    }

    func refusal(_ plan: OperationPlan, hash: String? = nil, members: [FleetMember]) throws -> AdminError? {
        let start = OperationStart(plan: plan, planHash: try hash ?? plan.hash, reason: nil)
        do throws(AdminError) {
            try PlanCheck(start: start, now: now).check(against: members)
            return nil
        } catch {
            return error
        }
    }

    @Test("passes a fleet that has moved a little")
    func passes() throws {
        let members = [member(0, connections: 1_100), member(1, connections: 901)]
        #expect(try refusal(plan(), members: members) == nil)
    }

    @Test("refuses a plan that is not what its hash says, or acts on whom it has not looked at")
    func invalid() throws {
        let members = [member(0), member(1)]
        #expect(try refusal(plan(), hash: "0", members: members)?.code == .planInvalid)
        #expect(try refusal(plan(targets: [7]), members: members)?.code == .planInvalid)
    }

    @Test("refuses an old plan, and one of a clock that is an hour off in either direction")
    func expired() throws {
        let members = [member(0), member(1)]
        #expect(try refusal(plan(age: .seconds(61)), members: members)?.code == .planExpired)
        let ahead = try refusal(plan(age: .seconds(-3600)), members: members)
        #expect(ahead?.code == .planExpired)
        #expect(ahead?.message.contains("doctor") == true)
    }

    @Test(
        "refuses a fleet that is another by now, and says in what",
        arguments: [
            ([(0, WorkerState.active, 1_000)], "gw-w1 is not in the fleet"),
            ([(0, .active, 1_000), (1, .draining, 1_000)], "gw-w1 is draining, not active"),
            ([(0, .active, 1_101), (1, .active, 1_000)], "gw-w0 has 1101 connections, not 1000"),
            ([(0, .active, 1_000), (1, .active, 1_000), (2, .active, 0)], "gw-w2 is in the fleet and not in the plan"),
        ])
    func drifted(_ members: [(Int, WorkerState, Int)], _ words: String) throws {
        let error = try refusal(plan(), members: members.map { member($0.0, $0.1, connections: $0.2) })
        #expect(error?.code == .planDrifted)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("leaves aside workers of nodes that the plan does not look at, and entries of workers that are silent")
    func others() throws {
        let members = [member(0), member(1), member(0, node: "other"), member(2, age: .seconds(9))]
        #expect(try refusal(plan(), members: members) == nil)
    }
}
