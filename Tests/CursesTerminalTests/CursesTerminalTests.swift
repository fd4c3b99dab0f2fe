import Foundation
import Testing

@Suite("A curses terminal", .serialized)
struct CursesTerminalTests {
    @Test("shows what is in the buffer, wide characters in their columns")
    func draws() async throws {
        let session = try TmuxSession()
        let lines = try await session.wait(for: "ready").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix(" gadtop  prod-bsas  20,184 conns  ▂▃▃▄▆▆▇█  p99 88 ms"))
        #expect(lines[3].hasPrefix(" ▸ gw1-w2    hot          8912  ████████▊··········· 44% 18000"))
        #expect(lines[10].hasPrefix("   sala 日本 👍 né"))
        #expect(try session.value(of: "#{alternate_on}#{cursor_flag}") == "10")
    }

    @Test("falls back to ASCII and to no colour where the environment asks for it")
    func fallsBack() async throws {
        let session = try TmuxSession(environment: ["LC_ALL": "C", "NO_COLOR": "1"])
        let plain = try await session.wait(for: "ready")
        #expect(plain.contains("> gw1-w2    hot          8912  ########-........... 44%"))
        #expect(plain.allSatisfy { $0.isASCII })
        let escapes = try session.screen(withColors: true)
        #expect(escapes.contains("\u{1B}[1mgadtop") && escapes.contains("\u{1B}[1;7m failed"))
        #expect(!escapes.contains("[38;5") && !escapes.contains("[48;5"))
    }

    @Test("says what it takes an unknown terminal for, and refuses one that cannot place a cursor")
    func unknownTypes() async throws {
        try await TmuxSession(environment: ["TERM": "made-up"]).wait(
            for: "Terminal type made-up is not described here; taking it for xterm.")
        try await TmuxSession(environment: ["TERM": "dumb"]).wait(
            for: "A terminal of type dumb cannot place its cursor.")
    }

    @Test("reads keys, Escape among them, and text past ASCII")
    func keys() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        for (name, key) in [("Up", "up"), ("Escape", "escape"), ("F5", "function(5)"), ("C-c", "control(\"c\")")] {
            try session.press(name)
            try await session.wait(for: "key \(key)")
        }
        try session.type("ñ")
        try await session.wait(for: "key character(\"ñ\")")
    }

    @Test("follows the size of its terminal")
    func resizes() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.resize(columns: 60, rows: 20)
        let lines = try await session.wait(for: "resized to 60 by 20").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[8] == "─ rooms × workers " + String(repeating: "─", count: 42))
        try session.resize(columns: 110, rows: 30)
        try await session.wait(for: "resized to 110 by 30")
    }

    @Test("sends nothing for an unchanged buffer and under 206 bytes for a few changed figures")
    func bytes() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.press("z")
        try await session.wait(for: "key character(\"z\")")
        let output = try session.record()
        try session.press("z", "n")
        try await session.wait(for: "8913")
        var sent = 0
        try await session.wait(for: "the record of the output") {
            sent = try Data(contentsOf: output).count
            return sent > 0
        }
        #expect(sent <= 206)
    }

    @Test("lends the terminal and takes it back")
    func suspends() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.press("s")
        try await session.wait(for: "lent")
        #expect(try session.value(of: "#{alternate_on}#{cursor_flag}") == "01")
        let screen = try await session.wait(for: "ready")
        #expect(screen.contains("gw1-w2") && !screen.contains("lent"))
        #expect(try session.value(of: "#{alternate_on}#{cursor_flag}") == "10")
    }

    @Test("hears the mouse once asked to, and what is pasted as one text")
    func mouseAndPaste() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        #expect(try session.value(of: "#{mouse_any_flag}") == "0")
        try session.press("m")
        try await session.wait(for: "key character(\"m\")")
        #expect(try session.value(of: "#{mouse_standard_flag}#{mouse_sgr_flag}") == "11")
        try session.type("\u{1B}[<0;12;4M")
        try await session.wait(for: "left at 11, 3")
        try session.type("\u{1B}[200~quit q\nq\u{1B}[201~")
        try await session.wait(for: "pasted quit q q")
        try session.press("s")
        try await session.wait(for: "lent")
        #expect(try session.value(of: "#{mouse_any_flag}") == "0")
        try await session.wait(for: "the mouse") { try session.value(of: "#{mouse_standard_flag}") == "1" }
    }

    @Test("asks for the clipboard")
    func copies() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.press("c")
        try await session.wait(for: "copied true")
    }

    @Test("asks for exact colours where the terminal has 16 million")
    func trueColor() async throws {
        let session = try TmuxSession(environment: ["COLORTERM": "truecolor", "TMUX": "inside"])
        try await session.wait(for: "ready")
        #expect(try session.screen(withColors: true).contains("48;2;15;74;74"))
    }

    @Test("survives a window of 20 by 5 and what comes after")
    func tiny() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.resize(columns: 20, rows: 5)
        try await session.wait(for: "resized to 20 by 5")
        try session.resize(columns: 100, rows: 24)
        let lines = try await session.wait(for: "resized to 100 by 24").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[8] == "─ rooms × workers " + String(repeating: "─", count: 82))
        #expect(lines[3].hasPrefix(" ▸ gw1-w2    hot"))
    }
}
