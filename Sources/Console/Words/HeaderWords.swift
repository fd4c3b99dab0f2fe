import FleetModel

/// What the lines at the top and at the bottom of the screen say.
enum HeaderWords {
    static var program: SafeText { "gadtop" }
    static func workers(_ count: Int) -> SafeText { count == 1 ? "worker" : "workers" }
    static var connections: SafeText { say("conns", "conex") }
    static var unheard: SafeText { say("unheard", "sin noticias") }
    static var utc: SafeText { "UTC" }
    static var lever: SafeText { say(" SAFETY LEVER ", " PALANCA DE SEGURIDAD ") }
    static func blocked(_ lever: SafeText) -> SafeText {
        say("\(lever) Operations are stopped and blocked.", "\(lever) Las operaciones están paradas y bloqueadas.")
    }

    static var messagesIn: SafeText { say("in", "ent") }
    static var messagesOut: SafeText { say("out", "sal") }
    static var p50: SafeText { "p50" }
    static var p95: SafeText { "p95" }
    static var p99: SafeText { "p99" }
    static var churn: SafeText { "churn" }
    static func aMinute(_ part: SafeText, _ mark: SafeText) -> SafeText { "\(part)/min\(mark)" }
    static func planned(_ part: SafeText) -> SafeText { say("(\(part) planned)", "(\(part) con plan)") }
    static var errors: SafeText { say("errors", "errores") }
    static var dropped: SafeText { say("dropped", "perdidos") }
}

// MARK: - How the fleet holds out

extension HeaderWords {
    static var degraded: SafeText { say("degraded", "degradados") }
    static var none: SafeText { say("none", "ninguno") }
    static func andMore(_ count: Int) -> SafeText { say(" and \(count) more", " y \(count) más") }
    static var storm: SafeText { say("STORM", "TORMENTA") }
    static var breakers: SafeText { "breakers" }
    static var closed: SafeText { say("closed", "cerrados") }
    static var redis: SafeText { "redis" }
    static var noPrimary: SafeText { say("no primary", "sin primario") }
    static func usedBy(_ count: Int, of all: Int) -> SafeText { say("on \(count) of \(all)", "en \(count) de \(all)") }
    static var echo: SafeText { say("echo", "eco") }
}

// MARK: - Pinned lines, and very small screens

extension HeaderWords {
    static func more(_ count: Int) -> SafeText { say("and \(count) more", "y \(count) más") }
    static func pending(_ act: SafeText, _ waited: SafeText) -> SafeText {
        say("\(act) sent, waiting for the answer \(waited)", "\(act) enviado, se espera la respuesta hace \(waited)")
    }
    static var enlarge: SafeText { say("q quit; enlarge for more", "q salir; agrande la ventana") }
    static var quitting: SafeText {
        say(
            "an operation is led here: l leaves it, c cancels it, Esc stays",
            "aquí se dirige una operación: l la deja, c la cancela, Esc sigue")
    }
    static var enlargeForForm: SafeText {
        say("enlarge to go on, Esc leaves it", "agrande la ventana para seguir; Esc lo deja")
    }
    static func doIt(_ deed: SafeText) -> SafeText { say("y \(deed), Esc not", "y \(deed), Esc no") }
}

// MARK: - Leaving

extension HeaderWords {
    static var leave: SafeText { say("Leave?", "¿Salir?") }
    static var stay: SafeText { say("stay, and lead it on", "quedarse y seguir dirigiéndola") }
    static var cancelAndLeave: SafeText {
        say("cancel it, and leave once the fleet is safe", "cancelarla, y salir cuando la flota esté a salvo")
    }
    static var abandon: SafeText {
        say("leave it: what was ordered goes on by itself", "dejarla: lo ordenado sigue solo")
    }
    static func leads(_ title: SafeText, _ part: SafeText, _ note: SafeText) -> SafeText {
        say(
            "This console leads the \(title): \(part), \(note).", "Esta consola dirige: \(title), \(part), \(note).")
    }
    static func parting(_ title: SafeText, _ command: SafeText) -> SafeText {
        say(
            "the \(title) is not led from here any more; what was ordered goes on by itself. Lead it on: \(command)",
            "ya no se dirige desde aquí: \(title); lo ordenado sigue solo. Para dirigirla: \(command)")
    }
    static func leadOn(_ command: SafeText) -> SafeText {
        say("To lead it on from elsewhere: \(command)", "Para dirigirla desde otro lado: \(command)")
    }
}
