import CNcurses
import Glibc
import FleetModel
import Terminal

/// The terminal of this process through ncurses: draws what changed of a buffer, and reads keys without waiting.
///
/// Curses keeps its state in globals: there is one at a time, used from the main thread only. Ctrl-C and Ctrl-Z arrive
/// as keys, so that nothing but `suspend` and `close` gives the terminal back. Size changes are the owner's to notice
/// (SIGWINCH) and to report with `handleResize`.
package final class CursesTerminal {
    package let capabilities: TerminalCapabilities
    package private(set) var size: Size
    /// Set when the terminal's own type was not known and another stands in for it.
    package let notice: SafeText?
    /// Readable when there is something for `readEvents`.
    package let inputDescriptor: Int32 = STDIN_FILENO

    var input: TerminalInput
    private let screen: OpaquePointer
    private let originalModes: termios
    private var writer: CellWriter
    /// What curses was told last; nil when nothing of the screen can be relied on.
    private var shown: CellBuffer?
    private var shownCursor: (x: Int, y: Int)?
    private var isOpen = true
    private var isSuspended = false

    /// Takes the terminal: alternate screen, no echo, keys one by one.
    /// - Throws: `TerminalError` when there is no terminal, or none that can place a cursor.
    package init(environment: [String: String]) throws {
        var modes = termios()
        guard isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &modes) == 0 else {
            throw TerminalError.notATerminal
        }
        originalModes = modes
        let unicode = CursesSetup.chooseCharacterSet(environment)
        let signals = SignalActions()
        defer { signals.reinstate() }
        (screen, notice) = try CursesSetup.open(environment)
        CrashRestore.arm(sequence: TerminalDescription.restoreSequence, modes: modes)
        capabilities = CursesSetup.configure(environment, unicode: unicode)
        writer = CellWriter(capabilities: capabilities)
        input = TerminalInput(descriptor: STDIN_FILENO, sequences: TerminalDescription.keySequences)
        size = Size(columns: Int(gad_columns()), rows: Int(gad_lines()))
    }

    deinit { close() }

    package func apply(theme: Theme) {
        writer.apply(theme)
        shown = nil
    }

    /// Shows a buffer; only what differs from the one before reaches the terminal.
    /// - Parameter cursor: where to show the cursor; nil hides it.
    package func draw(_ buffer: CellBuffer, cursor: (x: Int, y: Int)? = nil) {
        guard isOpen, !isSuspended else { return }
        let runs = BufferDiff.runs(from: shown, to: buffer)
        let cursorMoved = cursor?.x != shownCursor?.x || cursor?.y != shownCursor?.y
        guard !runs.isEmpty || cursorMoved else { return }
        for run in runs { writer.write(run, of: buffer) }
        place(cursor)
        wrefresh(gad_stdscr())
        shown = buffer
    }

    private func place(_ cursor: (x: Int, y: Int)?) {
        if (cursor == nil) != (shownCursor == nil) { curs_set(cursor == nil ? 0 : 1) }
        // With the cursor hidden it need not be put back where it was: fewer bytes a frame.
        leaveok(gad_stdscr(), cursor == nil)
        if let cursor { wmove(gad_stdscr(), Int32(cursor.y), Int32(cursor.x)) }
        shownCursor = cursor
    }

    /// Has the next `draw` paint every cell, for a screen that something else wrote on.
    package func redraw() {
        shown = nil
        clearok(gad_curscr(), true)
    }

    /// Keys since the last call. Waits for nothing but, after an escape byte, `TerminalInput.escapeDelay` for the rest
    /// of its sequence.
    package func readEvents() -> [TerminalEvent] { input.read() }

    /// Follows the terminal's size after SIGWINCH.
    package func handleResize() -> TerminalEvent {
        adoptWindowSize()
        return .resized(size)
    }

    private func adoptWindowSize() {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard isOpen, gad_window_size(STDOUT_FILENO, &columns, &rows) else { return }
        resizeterm(rows, columns)
        size = Size(columns: Int(columns), rows: Int(rows))
        werase(gad_stdscr())
        redraw()
    }

    /// Lends the terminal to someone else: the shell, an editor.
    package func suspend() {
        guard isOpen, !isSuspended else { return }
        isSuspended = true
        leaveScreen()
    }

    /// Takes the terminal back after `suspend`; the next `draw` paints every cell.
    package func resume() {
        guard isOpen, isSuspended else { return }
        isSuspended = false
        CrashRestore.arm(sequence: TerminalDescription.restoreSequence, modes: originalModes)
        adoptWindowSize()
        redraw()
    }

    /// Gives the terminal back as it was; more than once does no harm.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        if !isSuspended { leaveScreen() }
        delscreen(screen)
    }

    private func leaveScreen() {
        endwin()
        CrashRestore.disarm()
    }
}
