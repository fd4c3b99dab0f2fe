import FleetModel

/// What the page of breakers says.
enum BreakerWords {
    static var breaker: SafeText { "BREAKER" }
    static var stateTitle: SafeText { say("STATE", "ESTADO") }
    static var since: SafeText { say("SINCE", "DESDE") }
    static func history(_ span: Duration) -> SafeText {
        say("LAST \(minutes(span)) MIN", "ÚLTIMOS \(minutes(span)) MIN")
    }
    static var failures: SafeText { say("FAILURES", "FALLOS") }
    static var refused: SafeText { say("REFUSED", "RECHAZOS") }
    static var held: SafeText { say("HELD", "FORZADO") }
    static var reason: SafeText { say("LAST REASON", "ÚLTIMO MOTIVO") }
    static var time: SafeText { say("TIME", "HORA") }
    static var lasted: SafeText { say("LASTED", "DURÓ") }

    static func state(_ state: BreakerState) -> SafeText {
        switch state {
        case .closed: say("closed", "cerrado")
        case .halfOpen: say("half open", "a prueba")
        case .open: say("OPEN", "ABIERTO")
        }
    }

    /// "OPEN by ana, 4 m 10 s".
    static func hold(_ state: SafeText, _ who: SafeText, _ left: SafeText) -> SafeText {
        say("\(state) by \(who), \(left)", "\(state) por \(who), \(left)")
    }

    static func holdWhole(
        _ state: SafeText, _ who: SafeText, _ until: SafeText, _ left: SafeText, _ reason: SafeText?
    ) -> SafeText {
        let why: SafeText = reason.map { ": \($0)" } ?? ""
        return say(
            "held \(state) by \(who) until \(until), \(left) more\(why)",
            "forzado \(state) por \(who) hasta las \(until), \(left) más\(why)")
    }

    static func standing(_ state: SafeText, _ span: SafeText, _ failures: SafeText, _ refused: SafeText) -> SafeText {
        say(
            "\(state) for \(span); \(failures) failures and \(refused) refused calls since the worker's start",
            "\(state) hace \(span); \(failures) fallos y \(refused) llamadas rechazadas desde que arrancó el worker")
    }

    static func lastReason(_ reason: SafeText) -> SafeText {
        say("opened last by: \(reason)", "última causa de apertura: \(reason)")
    }
    static func closed(_ count: Int, of all: Int) -> SafeText {
        say("\(count) of \(all) closed", "\(count) de \(all) cerrados")
    }
    static func heldCount(_ count: Int) -> SafeText { say("\(count) held", "\(count) forzados") }
    static func unheard(_ span: SafeText) -> SafeText { say("not heard for \(span)", "sin noticias hace \(span)") }
    static var none: SafeText {
        say("No worker has told of its breakers yet.", "Ningún worker informó sus breakers aún.")
    }
    static var gone: SafeText {
        say("This worker is gone, or has no such breaker.", "Este worker ya no está, o no tiene ese breaker.")
    }
    static var noTransition: SafeText {
        say("It has been closed since the worker started.", "Está cerrado desde que arrancó el worker.")
    }

    private static func minutes(_ span: Duration) -> Int { Int(span.components.seconds / 60) }
}
