import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Closing connections from the console")
struct KickFormTests {
    private let id = ConnectionInfo.scripted.connectionID

    private func form(columns: Int = 120, rows: Int = 40) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        console.press(.character("7"), .character("K"))
        return console
    }

    @Test("the connection is looked for first, and whoever it is, is who is sent away")
    func kick() {
        var console = form()
        #expect(console.type(id).isEmpty)
        let query = ConnectionQuery(connection: id, limit: 1)
        #expect(console.press(.tab) == [.fetch(.connections(query), of: console.workers.map(\.id))])
        console.answer(.connections(query)) { worker in
            let found = worker.rawValue == "gw1-w3"
            return .success(
                .connections(Page(items: found ? [.scripted] : [], total: found ? 1 : 0, nextCursor: nil)))
        }
        #expect(console.text.contains("on gw1-w3: user ana (LEVEL_2)"))
        console.press(.backTab, .backTab)
        let order = KickOrder(connectionID: id, userID: "ana", mayReturn: false)
        #expect(console.press(.character("y")).begun == .kick(WorkerID("gw1-w3"), order))
    }

    @Test("one that has ended is not closed")
    func gone() {
        var console = form()
        console.type(id)
        console.press(.tab)
        console.answerConnections(ConnectionQuery(connection: id, limit: 1), total: 0)
        #expect(console.text.contains("no connection \(id.prefix(8))"))
        console.press(.tab, .tab)
        #expect(console.press(.character("y"), .enter).isEmpty)
    }

    @Test("workers that do not answer are told of")
    func unanswered() {
        var console = form()
        console.type(id)
        console.press(.tab)
        console.answer(.connections(ConnectionQuery(connection: id, limit: 1))) { _ in
            .failure(AdminError(.unavailable, "timed out"))
        }
        #expect(console.text.contains("No worker answers what the plan needs: timed out"))
    }

    @Test("shows the plan on the screen", arguments: FormScreenTests.sizes)
    func screen(_ size: ScreenSize) throws {
        var console = form(columns: size.columns, rows: size.rows)
        console.type(id)
        console.press(.tab)
        console.answerConnections(ConnectionQuery(connection: id, limit: 1), total: 1, first: .scripted)
        try Golden.check(console.lines, "form-kick-\(size.suffix)")
    }
}
