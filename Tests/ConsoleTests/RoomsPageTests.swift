import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("The page of rooms")
struct RoomsPageTests {
    private func console(_ size: ScreenSize? = nil, at command: String = "rooms") -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(
            columns: size?.columns ?? 120, rows: size?.rows ?? 40, unicode: size?.unicode ?? true)
        console.run(seconds: 5)
        console.press(.character(":"))
        console.type(command)
        return console
    }

    private func byName(
        _ answers: ScriptedAnswers = .ofFour(), _ size: ScreenSize? = nil, at command: String = "rooms"
    ) -> ScriptedConsole {
        var console = console(size, at: command)
        console.answer(console.press(.enter), from: answers)
        if command == "rooms" { console.answer(console.press(.tab), from: answers) }
        return console
    }

    private func line(_ room: String, _ console: ScriptedConsole) -> [Substring] {
        (console.lines.first { $0.contains(room) } ?? "").split(separator: " ")
    }

    @Test("shows the largest rooms with their heat and their share", arguments: ScreenSize.all)
    func largest(_ size: ScreenSize) throws {
        var console = console(size)
        console.press(.enter)
        console.run(seconds: 2)
        try Golden.check(console.lines, "rooms-largest-\(size.suffix)")
    }

    @Test("shows all rooms by name, merged of all workers", arguments: ScreenSize.all)
    func allByName(_ size: ScreenSize) throws {
        let console = byName(.ofFour(), size)
        try Golden.check(console.lines, "rooms-by-name-\(size.suffix)")
    }

    @Test("asks nothing of workers for the largest, and every worker for all by name")
    func asking() {
        var console = console()
        #expect(ScriptedConsole.queries(console.press(.enter)).isEmpty)
        let queries = ScriptedConsole.queries(console.press(.tab))
        #expect(queries == [.rooms(RoomQuery(order: .name))])
        #expect(console.text.contains("Asking 4 workers for their rooms"))
    }

    @Test("counts exactly what all workers together hold")
    func exact() {
        let console = byName()
        #expect(
            line("gov:alerts:critical", console).dropFirst().prefix(7) == [
                "gov:alerts:critical", "critical", "20,184", "3,770", "3,741", "8,912", "3,761",
            ])
        #expect(console.text.contains("4 of 4 workers answered; 253 to 1,012 rooms in all; from the first"))
    }

    @Test("goes on where the page of the first worker ends, and back again")
    func paging() {
        let answers = ScriptedAnswers.ofFour()
        var console = byName(answers)
        #expect(console.text.contains("page 1"))
        console.answer(console.press(.right), from: answers)
        #expect(console.text.contains("page 2") && console.text.contains("ops:unit:10097"))
        #expect(!console.text.contains("ops:unit:10096 "))
        console.press(.end)
        console.answer(console.press(.down), from: answers)
        #expect(console.text.contains("page 3"))
        console.press(.right)
        #expect(console.lines.last?.contains("This is the last page") ?? false)
        console.answer(console.press(.up), from: answers)
        console.answer(console.press(.left), from: answers)
        #expect(console.text.contains("page 1"))
    }

    @Test("has the workers look for what is typed as a filter, also with stars")
    func pattern() {
        let answers = ScriptedAnswers.ofFour()
        var console = byName(answers)
        console.press(.character("/"))
        console.type("*alerts*")
        console.run(answering: answers)
        console.press(.enter)
        #expect(console.text.contains("gov:alerts:critical") && !console.text.contains("ops:field:north"))
        #expect(console.text.contains("1 to 4 rooms in all"))
    }

    @Test("looks for another pattern where rooms are looked at already")
    func anotherCommand() {
        let answers = ScriptedAnswers.ofFour()
        var console = byName(answers)
        console.press(.character(":"))
        console.type("rooms gov:")
        console.answer(console.press(.enter), from: answers)
        #expect(console.text.contains("gov:alerts:critical") && !console.text.contains("ops:unit"))
    }

    @Test("takes a pattern behind the command, and says when nothing matches it")
    func command() {
        let console = byName(at: "rooms nothing:of:the:kind")
        #expect(console.text.contains("No room matches nothing:of:the:kind"))
    }

    @Test("leaves open what a worker that did not answer holds")
    func failing() {
        var answers = ScriptedAnswers.ofFour()
        answers.failing[WorkerID("gw1-w3")] = AdminError(.unavailable, "connection refused")
        let console = byName(answers)
        #expect(
            line("gov:alerts:critical", console).dropFirst(2).prefix(6) == [
                ">16,423", "3,770", "3,741", "8,912", "?", "?",
            ])
        #expect(console.text.contains("3 of 4 workers answered; gw1-w3 did not answer, its part is ?"))
        answers.failing = Dictionary(
            uniqueKeysWithValues: ScriptedAnswers.workers.map { ($0, AdminError(.unavailable, "connection refused")) })
        #expect(byName(answers).text.contains("No worker answered: connection refused"))
    }

    @Test("opens the connections of the selected room")
    func open() {
        var console = console()
        console.press(.enter)
        let queries = ScriptedConsole.queries(console.press(.enter))
        #expect(console.model.pageKind == .connections)
        guard case .connections(let query)? = queries.first else { return #expect(Bool(false)) }
        #expect(query.room?.rawValue == "gov:alerts:critical")
    }

    @Test("stays within its bounds with a thousand workers that hold different rooms")
    func large() {
        let ids = (0..<1_000).map { WorkerID("gw\($0 / 100)-w\($0)") }
        var answers = ScriptedAnswers()
        for (index, id) in ids.enumerated() {
            answers.rooms[id] = (0..<100).compactMap { room in
                RoomName("room:\(100_000 + room * 1_000 + index)").map {
                    RoomInfo(room: $0, criticality: .bestEffort, connections: 7)
                }
            }
        }
        var console = ScriptedConsole(ids.map { ScriptedWorker($0.rawValue) })
        console.run(seconds: 2)
        console.press(.character(":"))
        console.type("rooms")
        console.press(.enter)
        console.answer(console.press(.tab), from: answers)
        #expect(console.text.contains("1,000 of 1,000 workers answered; 100 to 100,000 rooms in all"))
        #expect(console.text.contains("500 of 500") && console.text.contains("room:100000"))
        console.answer(console.press(.right), from: answers)
        #expect(console.text.contains("after room:100499"))
    }

    @Test("says everything in Spanish too")
    func spanish() {
        Language.$current.withValue(.spanish) {
            let console = byName()
            #expect(console.text.contains("respondieron 4 de 4 workers; de 253 a 1,012 salas en total"))
            #expect(console.text.contains("SALA") && console.text.contains("crítica"))
        }
    }
}
