import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("The page of connections")
struct ConnectionsPageTests {
    private func console(
        _ command: String = "connections", _ answers: ScriptedAnswers = .ofFour(), _ size: ScreenSize? = nil
    ) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(
            columns: size?.columns ?? 120, rows: size?.rows ?? 40, unicode: size?.unicode ?? true)
        console.run(seconds: 5)
        console.press(.character(":"))
        console.type(command)
        console.answer(console.press(.enter), from: answers)
        return console
    }

    private func first(_ console: ScriptedConsole) -> [Substring] { console.lines[6].split(separator: " ") }

    @Test("shows the oldest clients of all workers first", arguments: ScreenSize.all)
    func oldest(_ size: ScreenSize) throws {
        try Golden.check(console("connections", .ofFour(), size).lines, "connections-\(size.suffix)")
    }

    @Test("shows one connection whole", arguments: ScreenSize.all)
    func details(_ size: ScreenSize) throws {
        let answers = ScriptedAnswers.ofFour()
        var console = console("connections", answers, size)
        console.press(.down, .down)
        console.answer(console.press(.enter), from: answers)
        try Golden.check(console.lines, "connection-\(size.suffix)")
    }

    @Test("has the workers order by what the table is sorted by")
    func order() {
        let answers = ScriptedAnswers.ofFour()
        var console = console("connections", answers)
        #expect(first(console).contains("c0-1000"))
        console.press(.character(":"))
        console.type("sort queue")
        console.press(.enter)
        console.run(answering: answers)
        #expect(first(console).contains("c0-1028") && console.text.contains("with most queued listed"))
        console.press(.character(":"))
        console.type("sort heard")
        console.press(.enter)
        console.run(answering: answers)
        #expect(console.text.contains("longest unheard listed"))
    }

    @Test("asks workers by room, user or role, and one worker alone")
    func scopes() {
        let queries = { (command: String) -> [ConsoleEffect] in
            var console = ScriptedConsole.fleetOfFour()
            console.run(seconds: 2)
            console.press(.character(":"))
            console.type(command)
            return console.press(.enter).filter { if case .fetch = $0 { true } else { false } }
        }
        guard case .fetch(.connections(let room), let all)? = queries("connections room:ops:field:north").first,
            case .fetch(.connections(let user), let one)? = queries("connections user:u1 worker:gw1-w2").first
        else { return #expect(Bool(false)) }
        #expect(room.room?.rawValue == "ops:field:north" && all.count == 4)
        #expect(user.user == "u1" && one == [WorkerID("gw1-w2")])
    }

    @Test("says how to look for connections to whoever types something else")
    func badScope() {
        let console = console("connections north")
        #expect(console.lines.last?.contains("room:NAME user:ID role:NAME worker:NAME") ?? false)
        #expect(console.model.pageKind == .fleet)
    }

    @Test("reads on, one page of one worker at a time, when the end comes near")
    func readingOn() {
        let answers = ScriptedAnswers.ofFour(clients: 300)
        var console = console("connections", answers)
        #expect(console.text.contains("1,200 connections on 4 of 4 workers; the 397 oldest listed"))
        console.run(seconds: 3)
        #expect(ScriptedConsole.queries(console.effects).isEmpty)
        console.press(.end)
        console.run()
        guard case .connections(let query)? = ScriptedConsole.queries(console.effects).first else {
            return #expect(Bool(false))
        }
        #expect(query.cursor != nil && ScriptedConsole.queries(console.effects).count == 1)
        #expect(console.text.contains("reading on"))
        console.answer(console.effects, from: answers)
        console.run(seconds: 40, answering: answers)
        console.press(.end)
        console.run(seconds: 60, answering: answers)
        #expect(!console.text.contains("reading on"))
    }

    @Test("reads everything to the end, each client once")
    func completeness() {
        let answers = ScriptedAnswers.ofFour(clients: 300)
        var console = console("connections", answers)
        for _ in 0..<30 {
            console.press(.end)
            console.run(answering: answers)
        }
        #expect(console.text.contains("the 1,200 oldest listed"))
    }

    @Test("keeps the selected client while the first page is read again")
    func refresh() {
        var answers = ScriptedAnswers.ofFour()
        var console = console("connections", answers)
        console.press(.down, .down, .down, .down, .down)
        let selected = console.lines.first { $0.hasPrefix("▸") }?.split(separator: " ").first { $0.hasPrefix("c") }
        answers.connections[WorkerID("gw1-w0")]?.removeFirst()
        console.run(seconds: 6, answering: answers)
        #expect(!console.text.contains("c0-1000"))
        #expect(console.lines.contains { $0.hasPrefix("▸") && $0.contains(selected ?? "none") })
    }

    @Test("filters what was read, and says that it looks there only")
    func filter() {
        var console = console()
        console.press(.character("/"))
        console.type("u4712|u4713")
        console.press(.enter)
        #expect(console.text.contains("8 of 120") && console.text.contains("looked for among the 120 read"))
        console.press(.character("/"), .control("u"))
        console.type("nobody")
        #expect(console.text.contains("None of the 120 listed matches"))
    }

    @Test("says who did not answer, and why nothing is there")
    func failing() {
        var answers = ScriptedAnswers.ofFour()
        answers.failing[WorkerID("gw1-w1")] = AdminError(.unavailable, "connection refused")
        #expect(console("connections", answers).text.contains("gw1-w1 did not answer: connection refused"))
        #expect(console("connections user:nobody").text.contains("There is no connection for user:nobody"))
        #expect(console("connections worker:gw9").text.contains("gw9 cannot be asked"))
    }

    @Test("tells when a connection that is looked at has been closed")
    func gone() {
        var answers = ScriptedAnswers.ofFour()
        var console = console("connections", answers)
        console.answer(console.press(.enter), from: answers)
        answers.connections = [:]
        console.run(seconds: 6, answering: answers)
        #expect(console.text.contains("Closed: its worker does not have it any more"))
    }

    @Test("shows hostile names as text")
    func hostile() {
        var answers = ScriptedAnswers()
        var client = ScriptedAnswers.client(0, of: 0)
        client.userID = "\u{1B}[2Jroot\u{202E}"
        client.remoteAddress = String(repeating: "a", count: 10_000)
        answers.connections[WorkerID("gw1-w0")] = [client, client]
        let console = console("connections", answers)
        #expect(console.text.contains("\u{FFFD}[2Jroot") && console.text.contains("1 of 1"))
    }

    @Test("keeps a bounded part of a million connections")
    func bounded() {
        let answers = ScriptedAnswers.ofFour(clients: 3_000)
        var console = console("connections", answers)
        for _ in 0..<80 {
            console.press(.end)
            console.run(answering: answers)
        }
        #expect(console.text.contains("no more are kept"))
    }

    @Test("asks little of each of a thousand workers, and counts the connections of all")
    func large() {
        let ids = (0..<1_000).map { WorkerID("gw\($0 / 16)-w\($0)") }
        var answers = ScriptedAnswers()
        for (index, id) in ids.enumerated() {
            answers.connections[id] = (0..<20).map { ScriptedAnswers.client($0, of: index) }
        }
        var console = ScriptedConsole(ids.map { ScriptedWorker($0.rawValue) })
        console.run(seconds: 2)
        let asked = console.press(.character("7"))
        guard case .connections(let query)? = ScriptedConsole.queries(asked).first else {
            return #expect(Bool(false))
        }
        #expect(query.limit == 3)
        console.answer(asked, from: answers)
        #expect(console.text.contains("20,000 connections on 1,000 of 1,000 workers"))
        console.run(seconds: 10, answering: answers)
        let oldest = console.lines.dropFirst(6).prefix(3).compactMap {
            $0.split(separator: " ").first { $0.hasPrefix("c") }
        }
        #expect(oldest == ["c0-1000", "c1-1000", "c2-1000"])
    }

    @Test("says everything in Spanish too")
    func spanish() {
        Language.$current.withValue(.spanish) {
            let console = console()
            #expect(console.text.contains("120 conexiones en 4 de 4 workers; listadas las 120 más antiguas"))
        }
    }
}
