import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

/// What is to be seen of a screen besides its text: which cells look how, in a terminal of so many colours.
@Suite("The screen in colours")
struct ColorTests {
    private static let depths: [TerminalCapabilities.Colors] = [.none, .sixteen, .twoHundredFiftySix, .trueColor]
    /// Every page, and a form over one.
    private static let pages = [
        "fleet", "rooms", "latency", "churn", "breakers", "redis", "connections", "operations", "audit", "throttles",
        "events", "help", "form",
    ]

    private func console() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: 80, rows: 24)
        console["gw1-w3"].adjust = { sample, _ in
            sample.set([.publish], .open, since: 5, because: "no answer within 500 ms")
        }
        console.run(seconds: 31)
        console.report { $0.operations = [.drain(at: 31), .drain(at: 30, id: "old", outcome: .failed)] }
        console.hear(
            answers: ScriptedReplies.breakers(at: 31), ScriptedReplies.throttles(at: 31),
            ScriptedReplies.redis(at: 31), ScriptedReplies.details(at: 31),
            ScriptedReplies.audit(ScriptedReplies.chain(3), of: 3, next: nil, at: 31))
        return console
    }

    @Test("looks as it did in every depth of colour", arguments: pages)
    func looks(_ page: String) throws {
        var console = console()
        if page == "form" { console.press(.character("d")) } else { console.go(page) }
        let buffer = console.model.view()
        let lines = Self.depths.flatMap { ["== \($0) colours"] + Self.looks(of: buffer, in: $0) }
        try Golden.check(lines, "looks-\(page)")
    }

    @Test("no colour reaches a terminal without any, and nothing is told by colour alone", arguments: pages)
    func withoutColor(_ page: String) {
        var console = console()
        if page == "form" { console.press(.character("d")) } else { console.go(page) }
        let capabilities = TerminalCapabilities(colors: .none, unicode: true)
        for cell in console.model.view().cells {
            let look = Theme.standard.resolve(cell.style, capabilities)
            #expect(look.foreground == nil && look.background == nil)
        }
    }

    /// One line for each stretch of cells of a row that look alike and not plain: where, and how.
    private static func looks(of buffer: CellBuffer, in colors: TerminalCapabilities.Colors) -> [String] {
        let capabilities = TerminalCapabilities(colors: colors, unicode: true)
        return (0..<buffer.size.rows).flatMap { y -> [String] in
            let looks = (0..<buffer.size.columns).map { Theme.standard.resolve(buffer[$0, y].style, capabilities) }
            var lines: [String] = []
            var start = 0
            for x in 1...looks.count where x == looks.count || looks[x] != looks[start] {
                if looks[start] != .plain { lines.append("\(y):\(start)-\(x - 1) \(words(looks[start]))") }
                start = x
            }
            return lines
        }
    }

    private static func words(_ look: Appearance) -> String {
        let colors = [look.foreground.map { "fg \($0)" }, look.background.map { "bg \($0)" }].compactMap { $0 }
        let marks = [(look.bold, "bold"), (look.reverse, "reverse"), (look.underline, "underline")]
        return (colors + marks.filter(\.0).map(\.1)).joined(separator: " ")
    }
}
