import FleetModel
import Glibc
import Testing

@testable import Terminal

@Suite("A hostile name")
struct HostileNameTests {
    private static let heap = "a" + String(repeating: "\u{301}", count: 5000)

    private func drawn(_ name: SafeText, width: Int) -> CellBuffer {
        var buffer = CellBuffer(size: Size(columns: width, rows: 1))
        buffer.put(name, x: 0, y: 0, width: width, ellipsis: "…")
        return buffer
    }

    @Test(
        "of 10 KB is cut to its columns, whatever it is made of",
        arguments: [
            (String(repeating: "x", count: 10_000), "xxxxxxx…"), (String(repeating: "日", count: 3400), "日日日…"),
            (String(repeating: "🇦🇷", count: 1300), "🇦🇷🇦🇷🇦🇷…"),
        ])
    func long(_ name: String, _ line: String) {
        #expect(drawn(SafeText(name), width: 8).textLines == [line])
    }

    @Test("under 5,000 marks costs a screen no more than a letter does")
    func marks() {
        let buffer = drawn(SafeText(Self.heap + "b"), width: 8)
        #expect(buffer[0, 0].character.unicodeScalars.count == Character.scalarsPerCell)
        #expect(buffer.textLines[0].hasSuffix("…"))
    }

    @Test(
        "that hides, reverses or commands is shown for what it is",
        arguments: [
            "\u{200B}", "\u{200D}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{AD}", "\u{1B}", "\u{9B}", "\u{7F}",
            "\u{0378}",
            "\u{E000}", "\u{FFFF}", "\u{2028}", "\u{3164}", "\u{E0041}",
        ])
    func invisible(_ scalar: String) {
        #expect(drawn(SafeText("a" + scalar + "b"), width: 4).textLines == ["a\u{FFFD}b"])
    }

    @Test("takes the columns that the system's library counts")
    func widths() throws {
        // Hidden in its header without _XOPEN_SOURCE.
        typealias Measure = @convention(c) (wchar_t) -> Int32
        let measure = unsafeBitCast(try #require(dlsym(nil, "wcwidth")), to: Measure.self)
        let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            freelocale(locale)
        }
        var (compared, unlike) = (0, 0)
        for value in UInt32(0x20)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value), SafeText(String(scalar)).text.unicodeScalars.first == scalar
            else {
                continue
            }
            let system = Int(measure(wchar_t(value)))
            guard system >= 0 else { continue }
            compared += 1
            if system != scalar.columnWidth { unlike += 1 }
        }
        // Two editions of Unicode never agree on all: what differs is drawn as a mark (`FrameEncoder`).
        #expect(compared > 100_000)
        #expect(unlike * 200 < compared, "\(unlike) of \(compared)")
    }
}
