import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("A broadcast")
struct BroadcastTests {
    let w0 = WorkerID("gw-w0")
    let w1 = WorkerID("gw-w1")

    func plan(_ target: BroadcastTarget, _ counts: [Int]) throws -> BroadcastPlan {
        let id = try #require(BroadcastID(.important, unique: "11111111"))
        return BroadcastPlan(
            BroadcastOrder(id, to: target, message: "hello"), id, to: target,
            reach: counts.enumerated().map { .init(worker: WorkerID(node: "gw", index: $0), connections: $1) })
    }

    @Test("says how many it reaches before it goes out")
    func consequences() throws {
        let plan = try plan(.role("ADMIN"), [3, 0, 4])
        #expect(
            plan.consequences.map(\.text) == [
                "\"hello\" goes to the role ADMIN: 7 connections on 2 workers.",
                "It is sent as important, under the id gad-op-i-11111111.",
            ])
        #expect(plan.confirmation == nil)
    }

    @Test("to a critical room says that it goes out as critical, whatever class was asked for")
    func roomClass() throws {
        let id = try #require(BroadcastID(.bestEffort, unique: "11111111"))
        let room = BroadcastTarget.room(try #require(RoomName("gov:alerts")))
        let plan = BroadcastPlan(
            BroadcastOrder(id, to: room, message: "hello"), id, to: room, reach: [], roomClass: .critical)
        #expect(plan.criticality == .critical)
        #expect(
            plan.consequences.map(\.text).last
                == "It is sent as critical, which is the class of the room, under the id gad-op-b-11111111.")
    }

    @Test("to everyone or to many has to be typed")
    func typed() throws {
        #expect(try plan(.everyone, [1]).confirmation == "everyone")
        #expect(try plan(.role("ADMIN"), [600, 600]).confirmation == "ADMIN")
        #expect(try plan(.user("ana"), [2]).confirmation == nil)
    }

    @Test("to nobody is warned of")
    func nobody() throws {
        #expect(try plan(.user("ana"), [0, 0]).objections.map(\.words.text) == ["nobody is there to get it now"])
    }

    @Test("has an id that carries its class, and nothing else is one")
    func ids() {
        for criticality in Criticality.allCases {
            let id = BroadcastID(criticality, unique: "0a1b2c3d-4e5f")
            #expect(id.flatMap { BroadcastID($0.rawValue) } == id)
            #expect(id?.criticality == criticality)
        }
        for text in ["m-1", "gad-op-", "gad-op-c", "gad-op-x-12345678", "gad-op-c-1234567", "gad-op-c-1234 5678"] {
            #expect(BroadcastID(text) == nil)
        }
    }

    @Test(
        "is settled when everyone who was there got it or missed it, and with acknowledgements when nobody is missing")
    func settled() throws {
        let plan = try plan(.everyone, [2, 1])
        for awaitsAcks in [false, true] {
            var watch = BroadcastWatch(plan.reach, awaitsAcks: awaitsAcks)
            #expect(!watch.isSettled)
            watch.hear(try report(delivered: 1, acked: 1, dropped: 1), from: w0)
            watch.hear(try report(delivered: 1, acked: 0), from: w1)
            #expect(watch.isSettled == !awaitsAcks)
            #expect((watch.delivered, watch.dropped, watch.acknowledged, watch.missing) == (2, 1, 1, 1))
            watch.hear(try report(delivered: 1, acked: 1), from: w1)
            #expect(watch.isSettled)
            watch.miss(w1)
            #expect(!watch.isSettled && watch.unheard == [w1])
        }
    }

    func report(delivered: Int, acked: Int, dropped: Int = 0) throws -> AckReport {
        AckReport(
            messageID: "m", room: nil, offset: nil, epoch: nil, publishedAt: UnixTime(microseconds: 0),
            delivered: delivered, acknowledged: acked, dropped: dropped)
    }
}
