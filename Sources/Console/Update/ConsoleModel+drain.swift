import AdminAPI
import ControlPlane
import FleetModel
import Terminal

extension ConsoleModel {
    /// What may be done to the selected worker, by what is known of it at this moment, paused or not.
    var canDrain: Bool {
        guard let record = selected.flatMap({ fleet.workers[$0] }) else { return false }
        return record.link == .live && record.sample?.drain == nil && record.sample?.state == .active
    }

    var canUndrain: Bool {
        guard let record = selected.flatMap({ fleet.workers[$0] }), let drain = record.sample?.drain else {
            return false
        }
        return record.link == .live && drain.cause == .operator
    }

    mutating func openDrain() {
        guard let worker = selected else { return }
        guard !isTerse else {
            hint = "A drain needs a screen of \(TerseView.leastSize.columns)x\(TerseView.leastSize.rows)"
            return
        }
        guard canDrain else {
            hint = "\(worker) cannot be drained: it is \(fleetWord(for: worker))"
            return
        }
        mode = .drain(DrainDialog(of: worker, in: fleet))
    }

    mutating func openUndrain() {
        guard let worker = selected else { return }
        guard canUndrain else {
            hint = "\(worker) cannot be undrained: it is \(fleetWord(for: worker))"
            return
        }
        mode = .undrain(UndrainDialog(worker: worker))
    }

    private func fleetWord(for worker: WorkerID) -> SafeText {
        live.row(of: worker)?.figures.stateWord ?? "gone"
    }

    mutating func press(_ key: Key, in dialog: DrainDialog) -> [ConsoleEffect] {
        var dialog = dialog
        switch key {
        case .escape: mode = .overview
        case .enter: return enter(dialog)
        case .tab, .down: mode = .drain(moved(dialog, by: 1))
        case .backTab, .up: mode = .drain(moved(dialog, by: -1))
        default:
            guard !isTerse, dialog[dialog.field].take(key) else { return [] }
            dialog.replan(in: fleet)
            mode = .drain(dialog)
        }
        return []
    }

    private func moved(_ dialog: DrainDialog, by step: Int) -> DrainDialog {
        var dialog = dialog
        dialog.move(by: step)
        return dialog
    }

    private mutating func enter(_ dialog: DrainDialog) -> [ConsoleEffect] {
        guard !isTerse else { return [] }
        var dialog = dialog
        dialog.replan(in: fleet)
        let plan = dialog.enter()
        mode = plan == nil ? .drain(dialog) : .overview
        return plan.map { [send(.drain($0.request), to: dialog.worker)] } ?? []
    }

    mutating func press(_ key: Key, in dialog: UndrainDialog) -> [ConsoleEffect] {
        switch key {
        case .character("y"), .character("Y"):
            mode = .overview
            return [send(.undrain(UndrainRequest(reason: nil)), to: dialog.worker)]
        case .escape, .character("n"), .character("N"), .character("q"):
            mode = .overview
        default:
            break
        }
        return []
    }
}
