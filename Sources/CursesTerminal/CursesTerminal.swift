import CNcurses
import Glibc
import FleetModel
import Terminal

/// The terminal of this process: draws what changed of a buffer, and reads keys without waiting.
///
/// Curses finds its description, sets its modes and gives it back; what is drawn goes past it (`FrameEncoder`).
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

    private var input: TerminalInput
    private let screen: OpaquePointer
    private let originalModes: termios
    private var encoder: FrameEncoder
    private var isOpen = true
    private var isSuspended = false
    private var isMouseOn = false

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
        CursesSetup.configure()
        capabilities = CursesSetup.capabilities(environment, unicode: unicode)
        encoder = FrameEncoder(TerminalDescription.manners(capabilities)) { Int(gad_columns_of(wchar_t($0.value))) }
        input = TerminalInput(descriptor: STDIN_FILENO, sequences: TerminalDescription.keySequences)
        size = Size(columns: Int(gad_columns()), rows: Int(gad_lines()))
        TerminalOutput.write(TerminalModes.pasteOn)
    }

    deinit { close() }

    package func apply(theme: Theme) { encoder.apply(theme) }

    /// Shows a buffer; only what differs from the one before reaches the terminal.
    /// - Parameter cursor: where to show the cursor; nil hides it.
    package func draw(_ buffer: CellBuffer, cursor: (x: Int, y: Int)? = nil) {
        guard isOpen, !isSuspended else { return }
        TerminalOutput.write(encoder.frame(buffer, cursor: cursor))
    }

    /// Has the next `draw` paint every cell, for a screen that something else wrote on.
    package func redraw() { encoder.forget() }

    /// Whether the mouse is reported, as `TerminalEvent.mouse`; at first it is not: the terminal's own selecting
    /// and copying works then.
    package func setMouse(_ isOn: Bool) {
        guard isOn != isMouseOn else { return }
        isMouseOn = isOn
        guard isOpen, !isSuspended else { return }
        TerminalOutput.write(isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff)
    }

    /// Asks the terminal to put lines on its clipboard. Terminals may refuse, and do not say so.
    /// - Returns: whether it was asked; it is not for more than `ClipboardRequest.limit`.
    package func copy(_ lines: [SafeText]) -> Bool {
        guard isOpen, !isSuspended, let request = ClipboardRequest.sequence(lines) else { return false }
        TerminalOutput.write(request)
        return true
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
        // Curses takes the terminal back when it is next asked to draw, which is this once.
        wrefresh(gad_stdscr())
        TerminalOutput.write(TerminalModes.pasteOn + (isMouseOn ? TerminalModes.mouseOn : []))
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
        TerminalOutput.write(TerminalModes.allOff)
        endwin()
        CrashRestore.disarm()
    }
}
