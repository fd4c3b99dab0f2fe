import FleetModel
import Testing

@testable import Terminal

/// What a widget draws, as text.
func drawn(
    _ widget: some Widget, width: Int, height: Int = 1, _ glyphs: Glyphs = .unicode
) -> [String] {
    var buffer = CellBuffer(size: Size(columns: width + 2, rows: height + 1))
    buffer.draw(widget, in: Rect(x: 0, y: 0, width: width, height: height), glyphs: glyphs)
    let outside = (0...height).map { Cell.blank == buffer[width, $0] && Cell.blank == buffer[width + 1, $0] }
    #expect(!outside.contains(false), "draws nothing outside its area")
    return Array(buffer.textLines.prefix(height))
}

@Suite("A bar")
struct BarTests {
    @Test(
        "is filled to an eighth of a cell",
        arguments: [
            (0, ""), (0.125, "█"), (0.14, "█▏"), (0.5, "████"), (0.99, "███████▉"), (1, "████████"), (7, "████████"),
            (-1, ""), (.nan, ""), (0.0001, "▏"),
        ] as [(Double, String)])
    func eighths(_ fraction: Double, _ bar: String) {
        #expect(drawn(Bar(fraction), width: 8) == [bar])
    }

    @Test("shows what is left over when asked to")
    func rest() {
        #expect(drawn(Bar(0.5, rest: Style(.barEmpty)), width: 4) == ["██··"])
        #expect(drawn(Bar(0.6, rest: Style(.barEmpty)), width: 4, .ascii) == ["##-."])
    }
}

@Suite("A sparkline")
struct SparklineTests {
    @Test("puts its newest value at the right edge and scales to its largest")
    func scale() {
        #expect(drawn(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]), width: 8) == ["▁▂▃▄▅▆▇█"])
        #expect(drawn(Sparkline([9, 9, 1, 2]), width: 2) == ["▅█"])
        #expect(drawn(Sparkline([1]), width: 3) == ["  █"])
    }

    @Test("scales to a ceiling when it has one")
    func ceiling() {
        #expect(drawn(Sparkline([0, 50, 200], ceiling: 100), width: 3) == ["▁▅█"])
    }

    @Test("leaves a gap where there was no value, and stands low when all are nothing")
    func gaps() {
        #expect(drawn(Sparkline([0, nil, 0, .nan]), width: 4) == ["▁ ▁▁"])
        #expect(drawn(Sparkline([0, 7]), width: 2, .ascii) == ["_#"])
    }
}

@Suite("A box")
struct BoxTests {
    @Test("frames its area and names itself")
    func frame() {
        #expect(drawn(Box("Drain"), width: 12, height: 3) == ["┌ Drain ───┐", "│          │", "└──────────┘"])
        #expect(drawn(Box("Drain gw1-w1"), width: 10, height: 2, .ascii) == ["+ Drain~ +", "+--------+"])
    }

    @Test("covers what was there, and is nothing where it has no room")
    func covers() {
        var buffer = CellBuffer(size: Size(columns: 4, rows: 3))
        buffer.fill(buffer.bounds, with: Cell("x", .normal))
        buffer.draw(Box(), in: buffer.bounds, glyphs: .unicode)
        #expect(buffer.textLines == ["┌──┐", "│  │", "└──┘"])
        #expect(drawn(Box("t"), width: 1, height: 1) == [""])
    }
}

@Suite("A rule")
struct RuleTests {
    @Test("names what follows, with its notes at the right")
    func notes() {
        let rule = Rule("fleet", notes: ["sort p99", "4 of 4"])
        #expect(drawn(rule, width: 36) == ["─ fleet ──────── sort p99 ─ 4 of 4 ─"])
    }

    @Test("gives up its notes from the first, then cuts its title")
    func narrow() {
        let rule = Rule("fleet", notes: ["sort p99", "4 of 4"])
        #expect(drawn(rule, width: 20) == ["─ fleet ─── 4 of 4 ─"])
        #expect(drawn(rule, width: 12) == ["─ fleet ────"])
        #expect(drawn(rule, width: 8) == ["─ fle… ─"])
    }
}

@Suite("A set of glyphs")
struct GlyphsTests {
    @Test("keeps every glyph to one column", arguments: [Glyphs.unicode, Glyphs.ascii])
    func width(_ glyphs: Glyphs) {
        #expect(Self.all(of: glyphs).allSatisfy { $0.columnWidth == 1 })
        #expect([glyphs.barEighths.count, glyphs.sparks.count, glyphs.heat.count] == [8, 8, 6])
    }

    @Test("follows the terminal's character set, and in ASCII is ASCII")
    func choice() {
        #expect(Glyphs.suited(to: TerminalCapabilities(colors: .none, unicode: true)) == .unicode)
        #expect(Glyphs.suited(to: TerminalCapabilities(colors: .none, unicode: false)) == .ascii)
        #expect(Self.all(of: .ascii).allSatisfy { $0.isASCII })
    }

    private static func all(of glyphs: Glyphs) -> [Character] {
        [Mirror(reflecting: glyphs), Mirror(reflecting: glyphs.border)].flatMap { $0.children }.flatMap { child in
            (child.value as? [Character]) ?? (child.value as? Character).map { [$0] } ?? []
        }
    }
}
