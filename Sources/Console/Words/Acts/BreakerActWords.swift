import FleetModel

/// The form that holds breakers open or closed.
enum BreakerActWords {
    static func title(_ workers: SafeText) -> SafeText {
        say("Hold a breaker of \(workers)", "Forzar un breaker de \(workers)")
    }
    static var whichBreaker: SafeText {
        say("Say which: publish, registry or stream", "Diga cuál: publish, registry o stream")
    }
    static var whichMode: SafeText {
        say(
            "Say how: open refuses every call, closed lets each through, auto decides by itself",
            "Diga cómo: open rechaza todo, closed deja pasar todo, auto decide por sí mismo")
    }
    static func deed(_ name: SafeText, _ mode: SafeText, _ workers: SafeText) -> SafeText {
        say("sets \(name) of \(workers) to \(mode)", "pone \(name) de \(workers) en \(mode)")
    }
    static func act(_ name: SafeText, _ mode: SafeText, _ workers: SafeText) -> SafeText {
        say("breaker \(name) \(mode) on \(workers)", "breaker \(name) \(mode) en \(workers)")
    }
    static func unknown(_ worker: SafeText) -> SafeText {
        say("\(worker) says nothing of such a breaker", "\(worker) no dice nada de ese breaker")
    }
    static func several(_ count: Int) -> SafeText { say("\(count) workers", "\(count) workers") }
}
