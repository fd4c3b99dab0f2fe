import AdminAPI
import FleetModel
import Glibc

/// Tells on stderr how an operation goes: on a terminal a line for each worker that is written again and again, in a
/// pipe a line for whatever has changed.
@MainActor
final class ProgressPrinter {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var toldSteps = 0
    private var liveLines = 0
    private var told: [String: String] = [:]

    func show(_ record: OperationRecord) {
        clear()
        for step in record.steps.dropFirst(toldSteps) {
            Print.error("\(step.at.clockText)  \(SafeText(step.words))")
        }
        toldSteps = max(toldSteps, record.steps.count)
        let lines = Self.lines(record)
        if isTerminal { rewrite(lines) } else { printChanged(lines) }
    }

    /// Takes the lines that are rewritten off the terminal, before something else is written there.
    func clear() {
        guard liveLines > 0 else { return }
        // ECMA-48: cursor up, erase to the end of the screen.
        Print.write("\u{1B}[\(liveLines)A\r\u{1B}[J", to: STDERR_FILENO, terminator: "")
        liveLines = 0
    }

    private func rewrite(_ lines: [(key: String, text: String)]) {
        let width = Self.terminalWidth
        for line in lines { Print.error(String(line.text.prefix(width - 1))) }
        liveLines = lines.count
    }

    private func printChanged(_ lines: [(key: String, text: String)]) {
        for line in lines where told.updateValue(line.text, forKey: line.key) != line.text { Print.error(line.text) }
    }

    private static func lines(_ record: OperationRecord) -> [(key: String, text: String)] {
        let note = SafeText(record.state.note)
        let whole = ("", "\(SafeText(record.plan.kind.rawValue))  \(Figures.percent(record.state.progress))  \(note)")
        return record.state.workers.map { line in
            (line.worker.rawValue, "\(SafeText(line.worker))  \(SafeText(line.words))")
        } + (record.outcome == nil && !note.isEmpty ? [whole] : [])
    }

    private static var terminalWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return standardWidth }
        return Int(size.ws_col)
    }

    private static let standardWidth = 80
}
