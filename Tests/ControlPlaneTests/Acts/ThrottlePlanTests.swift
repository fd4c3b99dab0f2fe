import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("A throttle's plan")
struct ThrottlePlanTests {
    let rules = CriticalityRules.standard

    func plan(
        _ text: String, rooms: [[String: Int]], override: Bool? = nil, silent: [WorkerID] = []
    ) throws -> ThrottlePlan {
        let pattern = try #require(RoomPattern(text))
        let previews = try rooms.enumerated().map { index, counts in
            ThrottlePreview(
                of: pattern, worker: WorkerID(node: "gw", index: index),
                rooms: Dictionary(uniqueKeysWithValues: try counts.map { (try #require(RoomName($0.key)), $0.value) }),
                rules)
        }
        let order = ThrottleOrder(pattern: pattern, ratePerSecond: 50, overrideCritical: override)
        return ThrottlePlan(order, previews: previews, silent: silent)
    }

    @Test("counts whom it affects, and says what each worker's clients may publish")
    func consequences() throws {
        let plan = try plan("ops:*", rooms: [["ops:a": 3, "gov:x": 9], ["ops:a": 2, "ops:b": 5]])
        #expect(plan.rooms == 2)
        #expect(plan.connections == 10)
        #expect(plan.objections.isEmpty)
        #expect(plan.confirmation == nil)
        #expect(
            plan.consequences.map(\.text) == [
                "ops:*: messages of matching rooms are held to 50/s in the whole fleet.",
                "About 2 rooms and 10 places in them are affected now.",
                "Clients of each of 2 workers may publish 25/s; the rest is refused.",
                "It ends by itself in 10 m 00 s.", "No critical room can match.",
            ])
    }

    @Test("is refused where it names critical rooms, those that exist or those that can only be critical")
    func refused() throws {
        for plan in [try plan("*", rooms: [["gov:x": 1]]), try plan("gov:none*", rooms: [[:]])] {
            #expect(plan.objections.map(\.severity) == [.refusal(option: "override-critical")])
        }
        #expect(try plan("*", rooms: [["gov:x": 1]]).objections.first?.words.text.contains("gov:x") == true)
    }

    @Test("says so where critical rooms could match that do not exist")
    func couldMatch() throws {
        let plan = try plan("*", rooms: [["ops:a": 1]])
        #expect(plan.objections.map(\.severity) == [.warning])
        #expect(plan.consequences.last?.text == "Critical rooms that match are left alone: gov:….")
    }

    @Test("overridden, is warned of and has to be typed")
    func overridden() throws {
        let plan = try plan("gov:*", rooms: [["gov:x": 1]], override: true)
        #expect(plan.objections.map(\.severity) == [.warning])
        #expect(plan.confirmation == "gov:*")
    }

    @Test("names workers that could not be asked")
    func silent() throws {
        let plan = try plan("ops:*", rooms: [[:]], silent: [WorkerID("gw-w7")])
        #expect(plan.objections.map(\.words.text) == ["gw-w7 does not answer: it is not counted here"])
        #expect(!plan.isRefused)
    }
}
