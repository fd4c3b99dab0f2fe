import FleetModel

/// The forms of acts on workers: drain, undrain, rebalance.
enum WorkerActWords {
    static func drain(_ names: SafeText) -> SafeText { say("Drain \(names)", "Drenar \(names)") }
    static func drains(_ names: SafeText) -> SafeText { say("drains \(names)", "drena \(names)") }
    static func undrain(_ names: SafeText) -> SafeText { say("Undrain \(names)", "Deshacer el drenaje de \(names)") }
    static func undrains(_ names: SafeText) -> SafeText {
        say("undrains \(names)", "deshace el drenaje de \(names)")
    }
    static func notDraining(_ worker: SafeText) -> SafeText {
        say("\(worker) is not being drained any more.", "\(worker) ya no se está drenando.")
    }
    static var itsDrain: SafeText { say("Its drain", "Su drenaje") }
    static func drainOf(_ worker: SafeText) -> SafeText { say("\(worker): the drain", "\(worker): el drenaje") }
    static func isDrained(_ worker: SafeText, _ origin: SafeText) -> SafeText {
        say("\(worker) is drained\(origin).", "\(worker) está drenado\(origin).")
    }
    static var acceptsAgainOthersStay: SafeText {
        say(
            "It accepts connections again; those that left stay where they are.",
            "Vuelve a aceptar conexiones; las que se fueron quedan donde están.")
    }
    static func stops(_ subject: SafeText, _ origin: SafeText, _ left: SafeText) -> SafeText {
        say(
            "\(subject)\(origin) stops; \(left) connections stay.",
            "\(subject)\(origin) para; quedan \(left) conexiones.")
    }
    static var acceptsAgain: SafeText { say("It accepts connections again.", "Vuelve a aceptar conexiones.") }
    static func rebalance(_ fleet: SafeText) -> SafeText { say("Rebalance \(fleet)", "Rebalancear \(fleet)") }
    static var rebalances: SafeText { say("rebalances the fleet", "rebalancea la flota") }
}
