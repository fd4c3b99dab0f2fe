import FleetModel
import Testing

@testable import Terminal

@Suite("An encoder of frames")
struct FrameEncoderTests {
    private static let depths: [TerminalCapabilities.Colors] = [.none, .sixteen, .twoHundredFiftySix, .trueColor]

    private func encoder(_ colors: TerminalCapabilities.Colors, unicode: Bool = true, palette: Int = 256)
        -> FrameEncoder
    {
        FrameEncoder(
            TerminalManners(capabilities: TerminalCapabilities(colors: colors, unicode: unicode), paletteSize: palette))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("brings a terminal from any screen to any other", arguments: depths)
    func anyScreen(_ colors: TerminalCapabilities.Colors) {
        var random = Shuffle(state: UInt64(colors.rawValue) + 7)
        let size = Size(columns: 31, rows: 7)
        var terminal = PaperTerminal(size)
        var encoder = encoder(colors)
        var buffer = CellBuffer(size: size)
        for _ in 0..<300 {
            scribble(on: &buffer, &random)
            let cursor = random.next() % 3 == 0 ? nil : (x: Int(random.next() % 31), y: Int(random.next() % 7))
            terminal.read(encoder.frame(buffer, cursor: cursor))
            expectShown(buffer, on: terminal, colors)
            #expect(terminal.showsCursor == (cursor != nil))
            if let cursor { #expect(terminal.x == cursor.x && terminal.y == cursor.y) }
            #expect(encoder.frame(buffer, cursor: cursor).isEmpty, "the same again is nothing")
            if random.next() % 40 == 0 { encoder.forget() }
        }
    }

    private func scribble(on buffer: inout CellBuffer, _ random: inout Shuffle) {
        let texts: [SafeText] = [
            "gw1-w2", "  12,345 ", "日本語", "né\u{301}", "🇦🇷👍🏽", "█▇▆ ──", "                    ", "x",
        ]
        for _ in 0..<(1 + random.next() % 5) {
            let role = ThemeRole.allCases[Int(random.next() % UInt64(ThemeRole.allCases.count))]
            let style = Style(role, underline: random.next() % 9 == 0, selected: random.next() % 4 == 0)
            buffer.put(
                texts[Int(random.next() % UInt64(texts.count))], x: Int(random.next() % 33) - 1,
                y: Int(random.next() % 7), style: style)
        }
        if random.next() % 10 == 0 { buffer.fill(Rect(x: 3, y: 1, width: 40, height: 3)) }
    }

    private func expectShown(_ buffer: CellBuffer, on terminal: PaperTerminal, _ colors: TerminalCapabilities.Colors) {
        let capabilities = TerminalCapabilities(colors: colors, unicode: true)
        for y in 0..<buffer.size.rows {
            for x in 0..<buffer.size.columns where !buffer[x, y].isContinuation {
                let (cell, glyph) = (buffer[x, y], terminal.rows[y][x])
                let wanted = Theme.standard.resolve(cell.style, capabilities).shortened
                if cell.character == " " {
                    #expect(glyph.text == " " && glyph.look.background == wanted.background)
                    #expect(glyph.look.underline == wanted.underline && glyph.look.reverse == wanted.reverse)
                } else {
                    #expect(glyph.look == wanted)
                    #expect(cell.character.drawnParts[0].elementsEqual(glyph.text.unicodeScalars))
                }
            }
        }
    }

    @Test("says what changed and nothing else")
    func changes() {
        var encoder = encoder(.twoHundredFiftySix)
        var buffer = CellBuffer(size: Size(columns: 20, rows: 5))
        #expect(text(encoder.frame(buffer)) == "\u{1B}[m\u{1B}[H\u{1B}[2J\u{1B}[?25l")
        buffer.put("12", x: 4, y: 2, style: Style(.warning))
        #expect(
            text(encoder.frame(buffer))
                == "\u{1B}[3;5H\u{1B}[1;38;5;179m12")
        buffer.put("3", x: 5, y: 2, style: Style(.warning))
        buffer.put("4", x: 5, y: 3, style: Style(.warning))
        #expect(text(encoder.frame(buffer)) == "\u{8}3\u{1B}[B\u{8}4")
        buffer.fill(buffer.bounds)
        #expect(text(encoder.frame(buffer)).count < 30)
    }

    @Test("asks for 16 million colours only where no number names the same one, and only where there are so many")
    func trueColor() {
        var buffer = CellBuffer(size: Size(columns: 3, rows: 1))
        buffer.put("x", x: 0, y: 0, style: Style(.heat2))
        var (exact, indexed) = (encoder(.trueColor), encoder(.twoHundredFiftySix))
        #expect(text(exact.frame(buffer)).contains("\u{1B}[38;5;194;48;2;15;74;74mx"))
        #expect(text(indexed.frame(buffer)).contains("\u{1B}[38;5;194;48;5;23mx"))
    }

    @Test("folds bright colours into eight, and writes no colour where there is to be none")
    func fewColors() {
        var buffer = CellBuffer(size: Size(columns: 3, rows: 1))
        buffer.put("x", x: 0, y: 0, style: Style(.selected))
        var (eight, none) = (encoder(.sixteen, palette: 8), encoder(.none))
        #expect(text(eight.frame(buffer)).contains("\u{1B}[1;37;44mx"))
        #expect(text(none.frame(buffer)).contains("\u{1B}[7mx"))
    }

    @Test("writes ASCII where the terminal reads nothing else, and leaves out what the system measures otherwise")
    func ascii() {
        var buffer = CellBuffer(size: Size(columns: 8, rows: 1))
        buffer.put("é日a", x: 0, y: 0)
        var plain = encoder(.none, unicode: false)
        #expect(text(plain.frame(buffer)).hasSuffix("?? \u{1B}[1;4Ha\u{1B}[?25l"))
        var wary = FrameEncoder(
            TerminalManners(capabilities: TerminalCapabilities(colors: .none, unicode: true), paletteSize: 8)
        ) { $0.value == 0x65E5 ? -1 : 1 }
        #expect(text(wary.frame(buffer)).contains("\u{FFFD} "))
    }

    @Test("leaves the last cell alone on terminals that scroll there")
    func lastCell() {
        var buffer = CellBuffer(size: Size(columns: 3, rows: 2))
        buffer.put("abc", x: 0, y: 0)
        buffer.put("def", x: 0, y: 1)
        var encoder = FrameEncoder(
            TerminalManners(
                capabilities: TerminalCapabilities(colors: .none, unicode: true), paletteSize: 8, scrollsAtItsEnd: true)
        )
        let output = text(encoder.frame(buffer))
        #expect(output.contains("abc") && output.contains("de") && !output.contains("f"))
    }
}

extension Appearance {
    /// As it is written: a colour that has a number by that.
    fileprivate var shortened: Appearance {
        var short = self
        short.foreground = foreground?.shortened
        short.background = background?.shortened
        return short
    }
}

extension TerminalColor {
    fileprivate var shortened: TerminalColor {
        guard case .rgb(let color) = self, let index = color.paletteIndex else { return self }
        return .palette(index)
    }
}

/// The same disorder in every run (xorshift64).
private struct Shuffle: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
