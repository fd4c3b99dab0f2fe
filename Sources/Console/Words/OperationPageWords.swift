import FleetModel

/// What the page of operations says.
enum OperationPageWords {
    static var cancel: SafeText { say("cancel", "cancelar") }
    static var takeOver: SafeText { say("take over", "tomar el mando") }
    static var latest: SafeText { say("latest", "últimas") }

    static var started: SafeText { say("STARTED", "INICIO") }
    static var operation: SafeText { say("OPERATION", "OPERACIÓN") }
    static var state: SafeText { say("STATE", "ESTADO") }
    static var progress: SafeText { say("PROGRESS", "AVANCE") }
    static var leader: SafeText { say("LED BY", "DIRIGE") }
    static var time: SafeText { say("TOOK", "TARDÓ") }
    static var course: SafeText { say("OUTCOME", "RESULTADO") }
    static var reason: SafeText { say("REASON", "MOTIVO") }

    static func toGo(_ wait: SafeText) -> SafeText { say("~ \(wait)", "~ \(wait)") }
    static func unreadable(_ reason: SafeText) -> SafeText {
        say("cannot be read: \(reason)", "no se pueden leer: \(reason)")
    }
    static var none: SafeText { say("No operation has run lately.", "No hubo operaciones últimamente.") }
    static var unknown: SafeText { say("No operation is known.", "No se conoce ninguna operación.") }

    static var workers: SafeText { "workers" }
    static var steps: SafeText { say("steps", "pasos") }
    static func shown(_ count: Int, of all: Int) -> SafeText { say("\(count) of \(all)", "\(count) de \(all)") }
    static func range(_ first: Int, _ last: Int, of all: Int) -> SafeText {
        say("\(first)-\(last) of \(all)", "\(first)-\(last) de \(all)")
    }

    static func led(_ leader: SafeText, _ origin: SafeText, _ time: SafeText, _ reason: SafeText) -> SafeText {
        say(
            "led by \(leader) (\(origin)) since \(time)\(reason)", "dirige \(leader) (\(origin)) desde \(time)\(reason)"
        )
    }
    static func cancelled(_ who: SafeText, _ why: SafeText) -> SafeText {
        say("cancelled by \(who)\(why)", "cancelada por \(who)\(why)")
    }
    static func abandoned(_ command: SafeText) -> SafeText {
        say("lease lost: t takes it over, or \(command)", "mando perdido: t lo toma, o \(command)")
    }
}
