import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("Plans of single acts")
struct SingleActTests {
    let worker = WorkerID("gw-w0")
    let time = UnixTime(microseconds: 1_795_457_902_000_000)

    func breaker(_ mode: BreakerOrder.Mode, _ state: BreakerState) -> BreakerPlan {
        let report = BreakerReport(
            name: .stream, state: state, since: time, reason: "no answer", failuresTotal: 1, refusedTotal: 0)
        return BreakerPlan(BreakerOrder(name: .stream, mode: mode), on: worker, standing: report)
    }

    @Test("opening a breaker says what is refused then, and is typed")
    func opening() {
        let plan = breaker(.open, .closed)
        #expect(plan.confirmation == "gw-w0")
        #expect(
            plan.consequences.map(\.text) == [
                "The stream breaker of gw-w0 is closed now.",
                "Every call it guards is refused: critical messages cannot be published here, and nobody can resume.",
                "It decides again in 5 m 00 s.",
            ])
    }

    @Test("closing a breaker that opened by itself warns of why it did")
    func closing() {
        #expect(breaker(.closed, .open).objections.map(\.words.text).first?.contains("no answer") == true)
        #expect(breaker(.closed, .closed).objections.isEmpty)
        #expect(breaker(.auto, .open).objections.map(\.words.text) == ["nobody holds it: nothing changes"])
    }

    func kick(user: String?, mayReturn: Bool = false) throws -> KickPlan {
        let connection = ConnectionInfo(
            connectionID: "c-1", userID: "ana", role: "ADMIN", remoteAddress: "127.0.0.1:9", connectedAt: time,
            lastHeardAt: time, rooms: [try #require(RoomName("ops:a"))], queueBytes: .zero)
        return KickPlan(
            connection, on: worker, user: user, mayReturn: mayReturn, reason: nil,
            now: time.advanced(by: .seconds(61)))
    }

    @Test("kicking says who it is, and whether they may come back")
    func who() throws {
        #expect(
            try kick(user: nil).consequences.map(\.text) == [
                "c-1 on gw-w0: user ana (ADMIN), from 127.0.0.1:9, for 1 m 01 s, in ops:a.",
                "It is closed with 3507: clients that keep to the protocol stay away.",
            ])
        #expect(try kick(user: nil, mayReturn: true).consequences.last?.text.contains("3014") == true)
        #expect(try kick(user: nil).order.userID == "ana", "the worker must find whom the plan found")
    }

    @Test("kicking another user's connection than was meant is refused")
    func another() throws {
        #expect(try kick(user: "luis").isRefused)
        #expect(try !kick(user: "ana").isRefused)
    }
}
