import FleetModel

/// The forms that hold rooms to a rate, and let them go.
enum ThrottleActWords {
    static var title: SafeText { say("Throttle rooms", "Limitar salas") }
    static func throttles(_ pattern: SafeText) -> SafeText { say("throttles \(pattern)", "limita \(pattern)") }
    static var whichRooms: SafeText {
        say("Say which rooms: a name, or a pattern with *", "Diga qué salas: un nombre, o un patrón con *")
    }
    static var notAPattern: SafeText {
        say(
            "That is no pattern: letters, digits and :_.- of a room's name, up to 4 stars",
            "Eso no es un patrón: letras, dígitos y :_.- de un nombre de sala, hasta 4 estrellas")
    }
    static var whichRate: SafeText {
        say(
            "Say how many messages a second may pass in the whole fleet, as 200",
            "Diga cuántos mensajes por segundo pueden pasar en toda la flota, como 200")
    }
    static var badRate: SafeText {
        say(
            "A throttle is 0.01 to 1,000,000 messages a second", "Un límite es de 0.01 a 1,000,000 mensajes por segundo"
        )
    }
    static func clear(_ pattern: SafeText) -> SafeText {
        say("End the throttle of \(pattern)", "Terminar el límite de \(pattern)")
    }
    static func lets(_ pattern: SafeText) -> SafeText {
        say("lets \(pattern) pass again", "deja pasar \(pattern) otra vez")
    }
    static func held(_ rate: SafeText, _ who: SafeText, _ end: SafeText) -> SafeText {
        say(
            "It is held to \(rate)/s by \(who), and would end by itself at \(end).",
            "Está limitado a \(rate)/s por \(who), y terminaría por sí solo a las \(end).")
    }
    static func because(_ reason: SafeText) -> SafeText { say("Reason: \(reason)", "Motivo: \(reason)") }
    static var passAgain: SafeText {
        say(
            "Messages of these rooms pass again, at once and on every worker.",
            "Los mensajes de esas salas pasan otra vez, enseguida y en cada worker.")
    }
    static var notSet: SafeText {
        say("no such throttle is known: it may have ended", "no se conoce ese límite: quizá ya terminó")
    }
    static func act(_ pattern: SafeText) -> SafeText { say("throttle \(pattern)", "limitar \(pattern)") }
    static func clearing(_ pattern: SafeText) -> SafeText {
        say("end throttle \(pattern)", "terminar límite \(pattern)")
    }
}
