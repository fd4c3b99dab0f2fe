import CNcurses
import Glibc
import Terminal

/// What the open terminal's terminfo entry says.
enum TerminalDescription {
    static func bytes(_ name: String) -> [UInt8]? {
        guard let text = gad_terminal_string(name) else { return nil }
        return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    /// Whether the cursor is placed as ECMA-48 has it: what is drawn is written in no other way.
    static var readsControlSequences: Bool { bytes("cup")?.starts(with: [0x1B, UInt8(ascii: "[")]) ?? false }

    static var colors: Int { Int(tigetnum("colors")) }

    static func manners(_ capabilities: TerminalCapabilities) -> TerminalManners {
        let isHeldAtItsEnd = tigetflag("xenl") > 0
        return TerminalManners(
            capabilities: capabilities, paletteSize: capabilities.colors > .sixteen ? 256 : max(8, colors),
            scrollsAtItsEnd: tigetflag("am") > 0 && !isHeldAtItsEnd,
            showCursor: withoutPadding(bytes("cnorm") ?? []), hideCursor: withoutPadding(bytes("civis") ?? []))
    }

    static var keySequences: KeySequences {
        var described: [[UInt8]: Key] = [:]
        for (name, key) in keys {
            if let bytes = bytes(name) { described[bytes] = key }
        }
        return KeySequences(described: described)
    }

    /// What gives the terminal back when there is no time for curses: mouse, paste marks, attributes and colours off,
    /// keypad off, cursor shown, alternate screen left. Without an alternate screen a fresh line has to do.
    static var restoreSequence: [UInt8] {
        let names = ["sgr0", "op", "rmkx", "cnorm", "rmcup"]
        let leavesScreen = gad_terminal_string("rmcup") != nil
        return TerminalModes.allOff + names.flatMap { withoutPadding(bytes($0) ?? []) }
            + Array((leavesScreen ? "\r" : "\r\n").utf8)
    }

    /// Delays such as `$<5>` are for tputs; a terminal would print them.
    private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "$")),
            bytes.dropFirst(start + 1).first == UInt8(ascii: "<"),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
        else { return bytes }
        return Array(bytes[..<start]) + withoutPadding(Array(bytes[(end + 1)...]))
    }

    private static let keys: [(name: String, key: Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab), ("kent", .enter),
        ] + (1...12).map { ("kf\($0)", .function($0)) }
}
