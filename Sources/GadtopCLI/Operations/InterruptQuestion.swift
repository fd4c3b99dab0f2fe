import AdminAPI
import ControlPlane
import FleetModel
import Glibc

/// What Ctrl-C asks while an operation runs; it goes on meanwhile.
@MainActor
struct InterruptQuestion {
    let isFirst: Bool

    func answer(_ controls: OperationControls, _ record: OperationRecord?) {
        let name = record.map { SafeText($0.id) } ?? "it"
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            return isFirst ? cancel(controls) : leave(controls, name)
        }
        let question = "\nCancel the operation, leave it running, or go on? [c/l/G] "
        Print.write(question, to: STDERR_FILENO, terminator: "")
        switch readLine()?.lowercased() {
        case "c", "cancel": cancel(controls)
        case "l", "leave": leave(controls, name)
        default: Print.error("it goes on")
        }
    }

    private func cancel(_ controls: OperationControls) {
        Print.error("cancelling; once more to leave it as it is")
        controls.cancel(reason: "interrupted")
    }

    private func leave(_ controls: OperationControls, _ name: SafeText) {
        Print.error("left running; to lead it again: gadtop operations takeover \(name); to end it: cancel \(name)")
        controls.leave()
    }
}
