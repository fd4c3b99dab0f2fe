import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Throttling from the console")
struct ThrottleFormTests {
    private func console(columns: Int = 120, rows: Int = 40) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        return console
    }

    /// The form over the room that is selected on the fleet's page, with a rate.
    private func form(columns: Int = 120, rows: Int = 40, room: Int, rate: String) throws -> ScriptedConsole {
        var console = console(columns: columns, rows: rows)
        console.press(.tab)
        for _ in 0..<room { console.press(.down) }
        console.press(.character("t"))
        console.type(rate)
        return console
    }

    @Test("begins with the selected room, asks every worker about it, and shows the counts before the question")
    func prefilled() throws {
        var console = console()
        console.press(.tab, .down)
        let effects = console.press(.character("t"))
        let pattern = try #require(RoomPattern("ops:field:north"))
        #expect(effects == [.fetch(.throttlePreview(pattern), of: console.workers.map(\.id))])
        console.type("200")
        #expect(console.text.contains("waits for what workers answer"))
        #expect(console.press(.backTab, .backTab).isEmpty)
        try console.answerPreview(of: "ops:field:north", rooms: ["ops:field:north": 412])
        #expect(console.text.contains("held to 200/s in the whole fleet"))
        #expect(console.text.contains("About 1 rooms and 1,648 places"))
        #expect(console.text.contains("No critical room can match."))
    }

    @Test("y sends the pattern, the rate, the time and the reason")
    func request() throws {
        var console = try form(room: 1, rate: "200")
        try console.answerPreview(of: "ops:field:north", rooms: ["ops:field:north": 412])
        console.press(.tab)
        console.type("15m")
        console.press(.tab)
        console.type("flood")
        console.press(.tab)
        guard case .throttle(let plan) = console.press(.character("y")).begun else {
            Issue.record("no throttle was begun")
            return
        }
        #expect(plan.order.pattern.rawValue == "ops:field:north")
        #expect(plan.order.ratePerSecond == 200 && plan.order.forSeconds == 900)
        #expect(plan.order.reason == "flood" && plan.order.overrideCritical == nil)
    }

    @Test("a critical room is throttled only by typing the override and the pattern")
    func critical() throws {
        var console = try form(room: 0, rate: "5")
        try console.answerPreview(of: "gov:alerts:critical", rooms: ["gov:alerts:critical": 3_000])
        #expect(console.text.contains("CRITICAL rooms are held to it too: gov:alerts:critical"))
        console.press(.backTab, .backTab)
        #expect(console.press(.character("y"), .enter).isEmpty)
        console.press(.control("u"))
        console.type("override-critical gov:alerts:critical")
        guard case .throttle(let plan) = console.press(.enter).begun else {
            Issue.record("no throttle was begun")
            return
        }
        #expect(plan.order.overrideCritical == true)
    }

    @Test("an operator who is no admin is refused a critical room before the question")
    func notAdmin() throws {
        var console = console()
        console.report { $0.access = .of(.operator) }
        console.press(.tab, .character("t"))
        console.type("5")
        try console.answerPreview(of: "gov:alerts:critical", rooms: ["gov:alerts:critical": 3_000])
        #expect(console.text.contains("Refused: gov:alerts:critical names critical rooms"))
    }

    @Test("a pattern is asked about once its field is left, not with each key")
    func typed() throws {
        var console = console()
        console.press(.character("t"))
        #expect(console.type("ops:*").isEmpty)
        #expect(console.text.contains("Say how many messages"))
        let pattern = try #require(RoomPattern("ops:*"))
        #expect(console.press(.tab) == [.fetch(.throttlePreview(pattern), of: console.workers.map(\.id))])
    }

    @Test("what makes no sense is said and not sent", arguments: [("ops *", "That is no pattern"), ("", "Say which")])
    func wrong(_ pattern: String, _ words: String) {
        var console = console()
        console.press(.character("t"))
        console.type(pattern)
        console.press(.tab)
        console.type("5")
        #expect(console.text.contains(words))
        #expect(console.press(.tab, .tab, .tab, .character("y"), .enter).allSatisfy { $0.begunRequest == nil })
    }

    @Test("shows the plan on the screen", arguments: FormScreenTests.sizes)
    func screen(_ size: ScreenSize) throws {
        var console = try form(columns: size.columns, rows: size.rows, room: 0, rate: "5")
        try console.answerPreview(of: "gov:alerts:critical", rooms: ["gov:alerts:critical": 3_000])
        try Golden.check(console.lines, "form-throttle-\(size.suffix)")
    }

    @Test("speaks Spanish")
    func spanish() throws {
        try Language.$current.withValue(.spanish) {
            var console = try form(room: 1, rate: "200")
            try console.answerPreview(of: "ops:field:north", rooms: ["ops:field:north": 412])
            #expect(console.text.contains("Limitar salas"))
            #expect(console.text.contains("se limitan a 200/s en toda la flota"))
        }
    }
}

extension ConsoleEffect {
    var begunRequest: ActRequest? { if case .begin(let request, _) = self { request } else { nil } }
}
