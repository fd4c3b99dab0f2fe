import CNcurses
import FleetModel
import Terminal

/// The steps from a terminal to a curses screen.
enum CursesSetup {
    /// Selects UTF-8 where the environment asks for it, by another name if its locale is not installed.
    /// - Returns: whether text past ASCII can be written.
    static func chooseCharacterSet(_ environment: [String: String]) -> Bool {
        guard let name = TerminalLocale.name(environment), TerminalLocale.isUTF8(name) else { return false }
        for candidate in [name, "C.UTF-8", "en_US.UTF-8"] where gad_use_character_set_of(candidate) {
            if gad_character_set_is_utf8() { return true }
        }
        return false
    }

    /// - Returns: the screen, and a note when another type than the environment's had to be taken.
    static func open(_ environment: [String: String]) throws -> (OpaquePointer, notice: SafeText?) {
        let candidates = TerminalType.candidates(environment)
        for type in candidates {
            guard let screen = gad_open_screen(type) else { continue }
            guard TerminalDescription.readsControlSequences else {
                endwin()
                delscreen(screen)
                throw TerminalError.cannotPositionCursor(type)
            }
            return (screen, notice(wanted: environment["TERM"], taken: type))
        }
        throw TerminalError.unknownType(candidates)
    }

    private static func notice(wanted: String?, taken: String) -> SafeText? {
        guard let wanted, !wanted.isEmpty else { return "TERM is not set; taking the terminal for \(SafeText(taken))." }
        guard !taken.hasPrefix(wanted) else { return nil }
        return "Terminal type \(SafeText(wanted)) is not described here; taking it for \(SafeText(taken))."
    }

    static func configure() {
        // Raw: Ctrl-C and Ctrl-Z are keys of the console. Curses must not look at the input; TerminalInput reads it.
        raw()
        noecho()
        nonl()
        typeahead(-1)
        keypad(gad_stdscr(), true)
        // Curses then shows it again when it gives the terminal back.
        curs_set(0)
        // Whatever curses has to say at the start, it says before the first frame.
        wrefresh(gad_stdscr())
    }

    static func capabilities(_ environment: [String: String], unicode: Bool) -> TerminalCapabilities {
        let found = TerminalCapabilities.detect(
            environment: environment, terminfoColors: TerminalDescription.colors)
        return TerminalCapabilities(colors: found.colors, unicode: unicode)
    }
}
