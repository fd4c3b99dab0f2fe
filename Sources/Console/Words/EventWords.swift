import FleetModel

/// What the event log says happened.
enum EventWords {
    static var time: SafeText { say("TIME", "HORA") }
    static var severityTitle: SafeText { say("SEVERITY", "GRAVEDAD") }
    static var what: SafeText { say("WHAT HAPPENED", "QUÉ PASÓ") }
    static var fleet: SafeText { say("fleet", "flota") }
    static var nothing: SafeText { say("Nothing has happened yet.", "Todavía no pasó nada.") }
    static var ofTheFleet: SafeText {
        say("This is of the fleet, and of no worker", "Esto es de la flota, no de un worker")
    }
    static func workerIsGone(_ worker: SafeText) -> SafeText {
        say("\(worker) is not in the fleet any more", "\(worker) ya no está en la flota")
    }
    static func newest(_ count: Int, of all: Int) -> SafeText {
        say("newest \(count) of \(all)", "últimos \(count) de \(all)")
    }
    static func folded(_ words: SafeText, _ count: Int) -> SafeText { "\(words) (\(count) workers)" }

    static func severity(_ severity: Severity) -> SafeText {
        switch severity {
        case .fine: "ok"
        case .notice: say("notice", "aviso")
        case .warning: say("warning", "alerta")
        case .critical: say("critical", "crítico")
        }
    }

    static var paused: SafeText {
        say("the screen was paused here; capture went on", "aquí se pausó la pantalla; la captura siguió")
    }
    static func resumed(_ span: SafeText) -> SafeText {
        say("the screen goes on after a pause of \(span)", "la pantalla sigue tras una pausa de \(span)")
    }

    static var appeared: SafeText { say("appeared", "apareció") }
    static var leftDrained: SafeText { say("left the fleet, drained", "dejó la flota, drenado") }
    static var vanished: SafeText {
        say("vanished: its admin socket is gone", "desapareció: su socket de administración ya no está")
    }
    static func back(_ silence: SafeText?) -> SafeText {
        guard let silence else { return say("back", "de vuelta") }
        return say("back after \(silence)", "de vuelta tras \(silence)")
    }
    static func restarted(_ old: Int32, _ new: Int32) -> SafeText {
        say(
            "restarted: pid \(old) is gone, pid \(new) serves",
            "reinició: el pid \(old) ya no está, sirve el pid \(new)")
    }
    static func changed(_ old: SafeText, _ new: SafeText) -> SafeText {
        say("\(old), then \(new)", "\(old), luego \(new)")
    }
    static func stale(_ reason: SafeText) -> SafeText { say("stale: \(reason)", "sin noticias: \(reason)") }
    static func lookupFails(_ reason: SafeText) -> SafeText {
        say("workers cannot be looked up: \(reason)", "no se pueden buscar los workers: \(reason)")
    }
    static var lookupWorks: SafeText {
        say("workers can be looked up again", "los workers se pueden buscar de nuevo")
    }
}
