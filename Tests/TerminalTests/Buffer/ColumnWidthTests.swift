import FleetModel
import Testing

@testable import Terminal

@Suite("A character's width")
struct ColumnWidthTests {
    @Test(
        "is the number of columns a terminal gives it",
        arguments: [
            ("a", 1), ("~", 1), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("─", 1), ("█", 1), ("▸", 1), ("●", 1),
            ("…", 1), ("日", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｶ", 1), ("Ａ", 2), ("👍", 2), ("👍🏽", 2),
            ("⚡", 2), ("❤", 1), ("❤\u{FE0F}", 1), ("🇦🇷", 2), ("𠀀", 2), ("\u{FFFD}", 1), ("\u{7F}", 0),
        ] as [(Character, Int)])
    func width(_ character: Character, _ columns: Int) {
        #expect(character.columnWidth == columns)
    }

    @Test("adds up over a text")
    func text() {
        #expect(SafeText("plain").columnWidth == 5)
        #expect(SafeText("日本 né").columnWidth == 7)
    }

    @Test("is what is drawn: marks join their letter, a flag keeps both, a skin tone goes")
    func parts() {
        #expect(Character("e\u{301}").drawnParts == [["e", "\u{301}"]])
        #expect(Character("🇦🇷").drawnParts == [["\u{1F1E6}"], ["\u{1F1F7}"]])
        #expect(Character("👍🏽").drawnParts == [["👍"]])
        #expect(Character("❤\u{FE0F}").drawnParts == [["❤"]])
    }

    @Test("bounds the marks drawn on one letter")
    func zalgo() {
        let heap = Character("a" + String(repeating: "\u{301}", count: 40))
        #expect(heap.columnWidth == 1)
        #expect(heap.drawnParts == [["a", "\u{301}", "\u{301}", "\u{301}", "\u{301}"]])
    }
}
