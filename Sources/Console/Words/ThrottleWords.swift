import FleetModel

/// What the page of throttles says.
enum ThrottleWords {
    static var pattern: SafeText { say("PATTERN", "PATRÓN") }
    static var rate: SafeText { say("RATE/S", "TASA/S") }
    static var share: SafeText { say("SHARE/S", "PARTE/S") }
    static var published: SafeText { say("PUB HITS", "PUB FREN") }
    static var delivered: SafeText { say("DEL HITS", "ENT FREN") }
    static var passed: SafeText { say("PASSED", "PASARON") }
    static var left: SafeText { say("ENDS IN", "TERMINA") }
    static var by: SafeText { say("BY", "POR") }
    static var set: SafeText { say("SET", "PUESTO") }
    static var workers: SafeText { "WORKERS" }
    static var critical: SafeText { say("CRITICAL", "CRÍTICAS") }
    static var reason: SafeText { say("REASON", "MOTIVO") }
    static var too: SafeText { say("too", "también") }
    static var clear: SafeText { say("clear", "quitar") }
    static func hits(_ count: SafeText) -> SafeText { say("\(count) stopped", "\(count) frenados") }
    static var none: SafeText {
        say("No throttle holds. t sets one.", "No rige ningún throttle. t pone uno.")
    }
}
