import FleetModel

/// What is said of questions that pages ask of workers.
enum AnswerWords {
    static var loading: SafeText { say("loading", "cargando") }
    static var unknown: SafeText { say("Nothing is known of it yet.", "Todavía no se sabe nada.") }
    static var nobody: SafeText {
        say("No worker answers: there is nobody to ask.", "Ningún worker responde: no hay a quién preguntar.")
    }
    static func failed(_ worker: SafeText, _ reason: SafeText) -> SafeText {
        say("\(worker) does not tell: \(reason)", "\(worker) no lo dice: \(reason)")
    }
    static func moreFailed(_ count: Int) -> SafeText {
        say(
            count == 1 ? "and 1 more worker" : "and \(count) more workers",
            count == 1 ? "y 1 worker más" : "y \(count) workers más")
    }
    static func age(_ span: SafeText) -> SafeText { say("as of \(span) ago", "de hace \(span)") }
}
