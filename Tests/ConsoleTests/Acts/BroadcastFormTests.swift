import AdminAPI
import Console
import ControlPlane
import FleetModel
import Terminal
import Testing

@Suite("Messages from the console")
struct BroadcastFormTests {
    private func form(columns: Int = 120, rows: Int = 40) throws -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        console.press(.tab, .down, .character("m"))
        console.type("Maintenance at 03:00 UTC")
        console.answerConnections(ConnectionQuery(room: RoomName("ops:field:north"), limit: 1), total: 20)
        return console
    }

    @Test("begins with the selected room, and says whom it reaches before the question")
    func plan() throws {
        let console = try form()
        #expect(console.text.contains("room ops:field:north: 80 connections on 4"))
        #expect(console.text.contains("It is sent as important"))
    }

    @Test("y sends it, and its box shows each worker until it is read")
    func delivery() throws {
        var console = try form()
        console.press(.tab, .tab)
        console.type("y")
        console.press(.tab, .tab)
        let begun = try #require(console.press(.character("y")).first)
        guard case .begin(.broadcast(let plan), let id) = begun else {
            Issue.record("no message was begun")
            return
        }
        #expect(plan.order.message == "Maintenance at 03:00 UTC" && plan.order.requireAck == true)
        #expect(plan.order.target == RoomName("ops:field:north").map { .room($0) })
        console.hear(.delivered(id, Self.delivery(of: plan)))
        #expect(console.text.contains("DELIVERED"))
        console.hear(.partlyDone(id, "3 clients have not acknowledged it"))
        console.run(seconds: 60)
        #expect(console.text.contains("ended: 3 clients have not acknowledged it"))
        console.press(.escape)
        #expect(!console.text.contains("DELIVERED"))
        #expect(console.text.contains("message partly done: 3 clients have not acknowledged it"))
    }

    @Test("everyone is reached only by typing it")
    func everyone() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        console.press(.character("m"))
        console.type("all")
        console.press(.tab)
        console.type("back in a minute")
        console.answerConnections(ConnectionQuery(limit: 1), total: 5_000)
        console.press(.backTab, .backTab)
        #expect(console.press(.character("y"), .enter).isEmpty)
        console.press(.control("u"))
        console.type("everyone")
        #expect(console.press(.enter).begun != nil)
    }

    @Test("two messages of one console have two ids, and two consoles make others")
    func ids() throws {
        var console = try form()
        console.press(.backTab, .backTab)
        guard case .broadcast(let first) = console.press(.character("y")).begun else { return }
        console.press(.escape, .character("m"))
        console.type("again")
        console.press(.backTab, .backTab)
        guard case .broadcast(let second) = console.press(.character("y")).begun else {
            Issue.record("no second message was begun")
            return
        }
        #expect(first.id != second.id)
    }

    @Test("shows the plan and the delivery on the screen", arguments: FormScreenTests.sizes)
    func screens(_ size: ScreenSize) throws {
        var console = try form(columns: size.columns, rows: size.rows)
        try Golden.check(console.lines, "form-broadcast-\(size.suffix)")
        console.press(.backTab, .backTab)
        guard case .begin(.broadcast(let plan), let id)? = console.press(.character("y")).first else { return }
        console.hear(.delivered(id, Self.delivery(of: plan)))
        try Golden.check(console.lines, "delivery-\(size.suffix)")
    }

    @Test("the box of a message survives any size")
    func sizes() throws {
        var console = try form()
        console.press(.backTab, .backTab)
        guard case .begin(.broadcast(let plan), let id)? = console.press(.character("y")).first else { return }
        console.hear(.delivered(id, Self.delivery(of: plan)))
        for rows in [0, 1, 3, 9, 11, 13, 24] {
            for columns in [0, 1, 20, 59, 61, 80, 200] {
                console.resize(columns: columns, rows: rows)
                #expect(console.model.view().size == Size(columns: columns, rows: rows))
            }
        }
    }

    private static func delivery(of plan: BroadcastPlan) -> Delivery {
        var watch = BroadcastWatch(plan.reach, awaitsAcks: true)
        for (index, reach) in plan.reach.enumerated() {
            let report = AckReport(
                messageID: plan.id.rawValue, room: nil, offset: nil, epoch: nil, publishedAt: ScriptedWorker.time(12),
                delivered: 20 - index, acknowledged: 19 - index, dropped: index)
            watch.hear(report, from: reach.worker)
        }
        if let last = plan.reach.last { watch.miss(last.worker) }
        let receipt = BroadcastReceipt(
            worker: WorkerID("gw1-w0"), messageID: plan.id.rawValue, outcome: .published, criticality: .important)
        return Delivery(receipt: receipt, watch: watch)
    }
}
