import AdminAPI
import FleetModel

/// What holding a breaker will do, made from how it stands.
package struct BreakerPlan: ActPlan, Equatable {
    package let worker: WorkerID
    package let order: BreakerOrder
    package let report: BreakerReport

    package init(_ order: BreakerOrder, on worker: WorkerID, standing report: BreakerReport) {
        self.worker = worker
        self.order = order
        self.report = report
    }

    package var kind: OperationKind { .breaker }
    package var time: Duration { order.forSeconds.map { .seconds($0) } ?? BreakerLimits.standardTime }

    package var consequences: [SafeText] {
        let now = say(
            "The \(name) breaker of \(worker) is \(stateWords) now.",
            "El breaker \(name) de \(worker) está ahora \(stateWords).")
        let end = say("It decides again in \(Figures.wait(time)).", "Vuelve a decidir en \(Figures.wait(time)).")
        return [now, effect] + (order.mode == .auto ? [] : [end])
    }

    package var objections: [PlanObjection] {
        switch order.mode {
        case .auto:
            return report.override == nil
                ? [
                    PlanObjection(
                        .warning, worker: worker,
                        say("nobody holds it: nothing changes", "nadie lo fuerza: nada cambia"))
                ] : []
        case .open: return []
        case .closed:
            guard report.state != .closed else { return [] }
            let words = say(
                "calls will wait for a Redis that failed: \(why)",
                "las llamadas esperarán a un Redis que falló: \(why)")
            return [PlanObjection(.warning, worker: worker, words)]
        }
    }

    /// Cutting a worker off from Redis is meant for that worker only.
    package var confirmation: SafeText? { order.mode == .open ? SafeText(worker) : nil }

    private var name: SafeText { SafeText(order.name.rawValue) }
    private var why: SafeText {
        report.reason.map { SafeText($0) } ?? say("no reason is known", "no se conoce el motivo")
    }

    private var stateWords: SafeText {
        let state = SafeText(report.state.rawValue.replacing("_", with: " "))
        return report.override.map { state + say(", held by \(SafeText($0.by))", ", forzado por \(SafeText($0.by))") }
            ?? state
    }

    private var effect: SafeText {
        switch order.mode {
        case .open:
            say(
                "Every call it guards is refused: \(guarded).", "Se rechaza cada llamada que protege: \(guarded).")
        case .closed:
            say(
                "Every call it guards is let through, whatever comes of it.",
                "Cada llamada que protege pasa, salga como salga.")
        case .auto: say("It decides by itself again.", "Vuelve a decidir por sí mismo.")
        }
    }

    private var guarded: SafeText {
        switch order.name {
        case .publish:
            say(
                "what clients publish reaches only clients of this worker",
                "lo que publican los clientes solo llega a clientes de este worker")
        case .registry:
            say(
                "the registry of connections is not told who comes and goes",
                "el registro de conexiones no se entera de quién entra y sale")
        case .stream:
            say(
                "critical messages cannot be published here, and nobody can resume",
                "aquí no se pueden publicar mensajes críticos, y nadie puede reanudar")
        }
    }
}
