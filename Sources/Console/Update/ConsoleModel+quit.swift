import AdminAPI
import FleetModel
import Terminal

extension ConsoleModel {
    /// What this console leads and has not seen end.
    package var ledOperations: [OperationRecord] {
        acts.led.values.compactMap { live.operations[$0] }.filter { $0.outcome == nil }.sorted { $0.id < $1.id }
    }

    /// What the operator who leaves must know: operations that go on without this console.
    package var partingWords: [SafeText] {
        ledOperations.map {
            HeaderWords.parting(OperationWords.title($0.plan), OperationWords.takeOverCommand($0))
        }
    }

    /// Leaves, or asks first while operations are led from here.
    mutating func quit() -> [ConsoleEffect] {
        guard !ledOperations.isEmpty, !isQuitting else { return [.quit] }
        overlay = .quitting
        return []
    }

    var isQuitting: Bool {
        if case .quitting = overlay { true } else { false }
    }

    mutating func pressWhileQuitting(_ key: Key) -> [ConsoleEffect] {
        switch key {
        case .character("l"), .character("L"): return [.quit]
        case .character("c"), .character("C"):
            overlay = nil
            quitsOnceEnded = true
            return ledOperations.map { begin(.cancel(OperationReference(id: $0.id, reason: nil))) }
        case .escape, .character("q"), .character("s"): overlay = nil
        default: break
        }
        return []
    }

    /// The operator has asked to cancel and leave: that is done once the fleet is safe.
    func quitIfWaitedFor() -> [ConsoleEffect] {
        quitsOnceEnded && ledOperations.isEmpty ? [.quit] : []
    }
}
