import Testing

@testable import Terminal

@Suite("The input decoder")
struct InputDecoderTests {
    private func keys(_ text: String) -> [TerminalEvent] {
        var decoder = InputDecoder()
        return decoder.feed(Array(text.utf8)) + decoder.timeOut()
    }

    @Test(
        "knows the keys terminals send",
        arguments: [
            ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .right), ("\u{1B}OD", .left), ("\u{1B}[H", .home),
            ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6;2~", .pageDown), ("\u{1B}[3~", .delete),
            ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}[[E", .function(5)),
            ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)), ("\r", .enter), ("\n", .enter), ("\t", .tab),
            ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{3}", .control("c")), ("\0", .control(" ")),
            ("/", .character("/")), ("ñ", .character("ñ")), ("日", .character("日")), ("👍", .character("👍")),
            ("\u{1B}", .escape),
        ] as [(String, Key)])
    func known(_ bytes: String, _ key: Key) {
        #expect(keys(bytes) == [.key(key)])
    }

    @Test("waits for the rest of a sequence or a character")
    func pieces() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]) == [] && decoder.isWaiting)
        #expect(decoder.feed([UInt8(ascii: "[")]) == [] && decoder.isWaiting)
        #expect(decoder.feed([UInt8(ascii: "A"), 0xC3]) == [.key(.up)] && decoder.isWaiting)
        #expect(decoder.feed([0xB1]) == [.key(.character("ñ"))] && !decoder.isWaiting)
    }

    @Test("takes a lone escape for the key once nothing follows")
    func escape() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]) == [])
        #expect(decoder.timeOut() == [.key(.escape)])
        #expect(!decoder.isWaiting)
        #expect(keys("\u{1B}q") == [.key(.escape), .key(.character("q"))])
        #expect(keys("\u{1B}[") == [.key(.escape), .key(.character("["))])
    }

    @Test("reads over sequences that are no key")
    func unknown() {
        #expect(keys("\u{1B}[201~x\u{1B}[?1;2cy\u{1B}[I") == [.key(.character("x")), .key(.character("y"))])
    }

    @Test("marks bytes that are not UTF-8, and never holds on to them")
    func invalid() {
        var decoder = InputDecoder()
        #expect(
            decoder.feed([0xFF, 0x61, 0xC3, 0x62]) == ["\u{FFFD}", "a", "\u{FFFD}", "b"].map { .key(.character($0)) })
        #expect(decoder.feed([0xC2, 0x9B]) == [])
        #expect(decoder.feed([0xE6, 0x97]) == [])
        #expect(decoder.timeOut() == [.key(.character("\u{FFFD}"))])
        #expect(!decoder.isWaiting)
    }

    @Test("drops a sequence without end")
    func endless() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 100)) == [])
        #expect(!decoder.isWaiting)
    }

    @Test("puts what the terminal's description says first")
    func described() {
        var decoder = InputDecoder(sequences: KeySequences(described: [Array("\u{1B}OA".utf8): .pageUp, [0x41]: .end]))
        #expect(decoder.feed(Array("\u{1B}OAA".utf8)) == [.key(.pageUp), .key(.character("A"))])
    }
}
