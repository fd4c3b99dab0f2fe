import AdminAPI
import FleetModel

/// The words for operations: what each is, who leads it, and how it stands.
enum OperationWords {
    static func kind(_ kind: OperationKind) -> SafeText {
        switch kind {
        case .drain: say("drain", "drenaje")
        case .undrain: say("undrain", "fin de drenaje")
        case .rebalance: say("rebalance", "rebalanceo")
        case .throttle: "throttle"
        case .broadcast: say("broadcast", "difusión")
        case .breaker: "breaker"
        case .kick: say("kick", "expulsión")
        case .safety: say("safety lever", "palanca de seguridad")
        case .failoverDrill: say("failover drill", "simulacro de failover")
        }
    }

    /// Such as "drain gw1-w0, gw1-w1".
    static func title(_ plan: OperationPlan) -> SafeText {
        switch plan.kind {
        case .drain, .undrain: "\(kind(plan.kind)) \(names(plan.targets))"
        case .rebalance, .throttle, .broadcast, .breaker, .kick, .safety, .failoverDrill: kind(plan.kind)
        }
    }

    /// A few by name, many by their number.
    static func names(_ workers: [WorkerID]) -> SafeText {
        guard workers.count <= namedWorkers else { return "\(workers.count) workers" }
        return SafeText(workers.map { SafeText($0).text }.joined(separator: ", "))
    }

    private static let namedWorkers = 3

    static func status(_ status: OperationOutcome.Status) -> SafeText {
        switch status {
        case .done: say("done", "hecha")
        case .partlyDone: say("partly done", "hecha a medias")
        case .failed: say("failed", "falló")
        case .cancelled: say("cancelled", "cancelada")
        case .interrupted: say("interrupted", "interrumpida")
        }
    }

    static func phase(_ phase: OperationPhase) -> SafeText {
        switch phase {
        case .running: say("running", "en curso")
        case .cancelling: say("cancelling", "cancelando")
        case .verifying: say("verifying", "verificando")
        case .ended: say("ended", "terminada")
        }
    }

    static func severity(_ status: OperationOutcome.Status) -> Severity {
        switch status {
        case .done, .cancelled: .notice
        case .partlyDone, .failed, .interrupted: .warning
        }
    }

    static var leaseLost: SafeText { say("lease lost", "mando perdido") }
    static func leaseLost(_ command: SafeText) -> SafeText {
        say("lease lost: \(command)", "mando perdido: \(command)")
    }
    static func course(_ note: SafeText, by leader: SafeText, isCancelling: Bool) -> SafeText {
        isCancelling
            ? say("cancelling: \(note)  by \(leader)", "cancelando: \(note)  por \(leader)")
            : say("\(note)  by \(leader)", "\(note)  por \(leader)")
    }
}

// MARK: - What the events tell

extension OperationWords {
    static func begun(_ title: SafeText, _ leader: SafeText, _ reason: SafeText) -> SafeText {
        say("\(title) by \(leader)\(reason)", "\(title) por \(leader)\(reason)")
    }
    static func ledOn(_ title: SafeText, _ leader: SafeText) -> SafeText {
        say("\(title) is led by \(leader) from here on", "desde aquí dirige \(title): \(leader)")
    }
    static func toBeCancelled(_ title: SafeText, _ who: SafeText) -> SafeText {
        say("\(title) is to be cancelled, says \(who)", "\(who) pide cancelar: \(title)")
    }
    static func ended(_ title: SafeText, _ outcome: OperationOutcome) -> SafeText {
        "\(title) \(status(outcome.status)): \(SafeText(outcome.words))"
    }

    static func lever(isEngaged: Bool, by who: SafeText?, because why: SafeText?) -> SafeText {
        let who: SafeText = who.map { say(" by \($0)", " por \($0)") } ?? ""
        let why: SafeText = why.map { ": \($0)" } ?? ""
        return isEngaged
            ? say("safety lever engaged\(who)\(why)", "palanca de seguridad puesta\(who)\(why)")
            : say("safety lever released\(who)\(why)", "palanca de seguridad suelta\(who)\(why)")
    }
}
