import FleetModel

/// What the event log says happened.
enum EventWords {
    static var appeared: SafeText { say("appeared", "apareció") }
    static var leftDrained: SafeText { say("left the fleet, drained", "dejó la flota, drenado") }
    static var vanished: SafeText {
        say("vanished: its admin socket is gone", "desapareció: su socket de administración ya no está")
    }
    static func stale(_ reason: SafeText) -> SafeText { say("stale: \(reason)", "sin noticias: \(reason)") }
    static func lookupFails(_ reason: SafeText) -> SafeText {
        say("workers cannot be looked up: \(reason)", "no se pueden buscar los workers: \(reason)")
    }
    static var lookupWorks: SafeText {
        say("workers can be looked up again", "los workers se pueden buscar de nuevo")
    }
}
