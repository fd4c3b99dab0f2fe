import FleetModel

/// What every form says, whatever the act.
enum ActFormWords {
    static func deed(_ deed: SafeText, _ user: SafeText) -> SafeText {
        say("\(deed) as \(user)", "\(deed) como \(user)")
    }
    static func type(_ words: SafeText) -> SafeText { say("Type \(words)", "Escriba \(words)") }
    static func objection(_ words: SafeText, isRefusal: Bool) -> SafeText {
        isRefusal ? say("Refused: \(words)", "Rechazado: \(words)") : say("Mind: \(words)", "Atención: \(words)")
    }
    static var andSoOn: SafeText { say(" and so on", " y demás") }

    static var enterDoesNothing: SafeText {
        say("Enter does nothing here; y does it", "Enter no hace nada aquí; se hace con y")
    }
    static var refused: SafeText {
        say("Refused, see above; nothing was done", "Rechazado, ver arriba; no se hizo nada")
    }
    static func isNot(_ words: SafeText) -> SafeText {
        say("That is not \(words); nothing was done", "Eso no es \(words); no se hizo nada")
    }
    static var escapeLeaves: SafeText { say("Esc leaves it as it is", "Esc lo deja como está") }
    static var isRefused: SafeText { say("It is refused; nothing is done", "Está rechazado; no se hace nada") }
    static var noPlan: SafeText {
        say("Nothing is done while there is no plan", "No se hace nada mientras no haya un plan")
    }
    static var untilTyped: SafeText {
        say("Nothing is done until this is typed", "No se hace nada hasta que se escriba esto")
    }
    static var untilPressed: SafeText {
        say("Nothing is done until y is pressed here", "No se hace nada hasta que se pulse y aquí")
    }

    static var awaited: SafeText {
        say(
            "The plan waits for what workers answer; they are asked once this field is left",
            "El plan espera lo que respondan los workers; se les pregunta al dejar este campo")
    }
    static func unanswered(_ reason: SafeText) -> SafeText {
        say("No worker answers what the plan needs: \(reason)", "Ningún worker responde para el plan: \(reason)")
    }
    static var nobodyThere: SafeText { say("nobody is there", "no hay nadie") }
}
