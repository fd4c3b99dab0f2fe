import AdminAPI
import ControlPlane
import FleetModel
import Glibc

/// What Ctrl-C asks while an operation runs. The operation goes on meanwhile, and its end closes the question.
///
/// Where nobody can be asked, the first Ctrl-C cancels, and the second leaves the operation running.
@MainActor
struct InterruptQuestion {
    /// The operation as it was last told.
    var record: OperationRecord?
    private let controls: OperationControls
    private let answered: @Sendable (String?) -> Void
    /// There while an answer is awaited.
    private var line: TerminalLine?
    private var isCancelling = false

    /// - Parameter answered: called with what the operator types.
    init(_ controls: OperationControls, _ answered: @escaping @Sendable (String?) -> Void) {
        self.controls = controls
        self.answered = answered
    }

    var isOpen: Bool { line != nil }

    mutating func interrupted() {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            return isCancelling ? leave() : cancel("cancelling; once more to leave it as it is")
        }
        let question = "\nCancel the operation, leave it running, or go on? [c/l/G] "
        Print.write(question, to: STDERR_FILENO, terminator: "")
        line = line ?? TerminalLine(answered)
    }

    /// - Parameter typed: nil at the end of the terminal, at which the operation goes on.
    mutating func answer(_ typed: String?) {
        guard isOpen else { return }
        line = nil
        switch typed?.lowercased() {
        case "c", "cancel": cancel("cancelling")
        case "l", "leave": leave()
        default: Print.error("it goes on")
        }
    }

    /// The operation has ended: what would be answered now concerns nothing.
    mutating func close() {
        guard isOpen else { return }
        line = nil
        Print.error("")
    }

    private mutating func cancel(_ words: String) {
        isCancelling = true
        Print.error(words)
        controls.cancel(reason: "interrupted")
    }

    private func leave() {
        let name = record.map { SafeText($0.id) } ?? "ID"
        Print.error(
            "left running; to lead it again: gadtop operations takeover \(name); "
                + "to end it: gadtop operations cancel \(name)")
        controls.leave()
    }
}
