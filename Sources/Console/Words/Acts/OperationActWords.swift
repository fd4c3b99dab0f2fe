import FleetModel

/// The forms of acts on operations, and of the lever that stops them all.
enum OperationActWords {
    static func cancel(_ operation: SafeText) -> SafeText {
        say("Cancel the \(operation)", "Cancelar: \(operation)")
    }
    static func ledBy(_ leader: SafeText, _ done: SafeText, _ note: SafeText) -> SafeText {
        say("Led by \(leader), \(done) done: \(note)", "La dirige \(leader), hecho \(done): \(note)")
    }
    static var makesSafe: SafeText {
        say(
            "It makes the fleet safe and ends; what has been done stays done.",
            "Deja la flota segura y termina; lo hecho queda hecho.")
    }
    static var cancels: SafeText { say("cancels it", "la cancela") }
    static func takeOver(_ operation: SafeText) -> SafeText {
        say("Take over the \(operation)", "Tomar el mando: \(operation)")
    }
    static func leaderIsGone(_ leader: SafeText) -> SafeText {
        say(
            "\(leader) does not lead it any more; this console leads it on, as it was planned.",
            "\(leader) ya no la dirige; esta consola la sigue dirigiendo, como fue planeada.")
    }
    static var onlyItsLeader: SafeText {
        say(
            "only who began it can lead it; its lease ends by itself, or cancel it with c",
            "solo quien la empezó puede dirigirla; su plazo vence solo, o cancélela con c")
    }
    static var leadsOn: SafeText { say("leads it on", "la sigue dirigiendo") }

    static var engage: SafeText { say("Engage the safety lever", "Poner la palanca de seguridad") }
    static var release: SafeText { say("Release the safety lever", "Soltar la palanca de seguridad") }
    static var engages: SafeText {
        say("stops and blocks every operation", "para y bloquea toda operación")
    }
    static var releases: SafeText { say("lets operations start again", "deja empezar operaciones otra vez") }
    static func stops(_ operation: SafeText, _ leader: SafeText) -> SafeText {
        say(
            "The \(operation) of \(leader) stops as soon as that is safe.",
            "\(operation), de \(leader), para en cuanto sea seguro.")
    }
    static var nothingToStop: SafeText { say("Nothing runs that would stop.", "No corre nada que parar.") }
    static var untilReleased: SafeText {
        say(
            "Nobody can start an operation until an admin releases the lever; undrain and cancel still work.",
            "Nadie puede empezar una operación hasta que un admin la suelte; deshacer drenaje y cancelar funcionan.")
    }
    static var mayNotBeEngaged: SafeText { say("It may not be engaged.", "Quizá no esté puesta.") }
    static var startAgain: SafeText {
        say(
            "Everybody can start operations again; what was stopped does not go on by itself.",
            "Todos pueden empezar operaciones otra vez; lo detenido no sigue por sí solo.")
    }
    static func engaged(_ who: SafeText?, _ when: SafeText?, _ why: SafeText?) -> SafeText {
        let who: SafeText = who.map { say(" by \($0)", " por \($0)") } ?? ""
        let when: SafeText = when.map { say(" at \($0)", " a las \($0)") } ?? ""
        let why: SafeText = why.map { ": \($0)" } ?? ""
        return say("Engaged\(who)\(when)\(why).", "Puesta\(who)\(when)\(why).")
    }
}
