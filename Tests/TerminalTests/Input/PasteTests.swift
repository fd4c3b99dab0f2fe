import FleetModel
import Testing

@testable import Terminal

@Suite("A paste")
struct PasteTests {
    private static let start = "\u{1B}[200~"
    private static let end = "\u{1B}[201~"

    private func events(_ text: String) -> [TerminalEvent] {
        var decoder = InputDecoder()
        return decoder.feed(Array(text.utf8)) + decoder.timeOut()
    }

    @Test("is one text on one line, and none of it a key")
    func whole() {
        #expect(
            events("a\(Self.start)drain\ngw1-w1\r\n\ty \(Self.end)b") == [
                .key(.character("a")), .paste(Paste("drain gw1-w1 y")), .key(.character("b")),
            ])
        #expect(events(Self.start + Self.end) == [.paste(Paste(""))])
    }

    @Test("may arrive byte by byte, its mark among other escapes")
    func pieces() {
        var decoder = InputDecoder()
        let bytes = Array("\(Self.start)né\u{1B}[20\u{1B}\(Self.end)q".utf8)
        let events = bytes.flatMap { decoder.feed([$0]) }
        #expect(events == [.paste(Paste("né\u{1B}[20\u{1B}")), .key(.character("q"))])
    }

    @Test("cannot harm the screen it is shown on")
    func harmless() {
        #expect(Paste("a\u{1B}[2J\u{202E}b").text == SafeText("a\u{FFFD}[2J\u{FFFD}b"))
    }

    @Test("waits for its end without anybody waiting for it")
    func open() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array((Self.start + "qqq").utf8)) == [])
        #expect(!decoder.isWaiting && decoder.timeOut() == [])
        #expect(decoder.feed(Array(Self.end.utf8)) == [.paste(Paste("qqq"))])
    }

    @Test("whose end was lost is left with Ctrl-C")
    func abandoned() {
        #expect(events(Self.start + "qqq\u{3}q") == [.key(.control("c")), .key(.character("q"))])
    }

    @Test("is kept up to a limit, and says so")
    func bounded() {
        let text = String(repeating: "x", count: PasteCollector.limit)
        #expect(events(Self.start + text + Self.end) == [.paste(Paste(text))])
        #expect(events(Self.start + text + "yz" + Self.end) == [.paste(Paste(text, isCut: true))])
    }
}
