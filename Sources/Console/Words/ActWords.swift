import FleetModel

/// What is said of acts and of what came of them.
enum ActWords {
    static func failed(_ act: SafeText, _ reason: SafeText) -> SafeText {
        say("\(act) failed: \(reason)", "\(act) falló: \(reason)")
    }
    static func partlyDone(_ act: SafeText, _ reason: SafeText) -> SafeText {
        say("\(act) partly done: \(reason)", "\(act) hecho en parte: \(reason)")
    }
    static func undrain(_ workers: SafeText) -> SafeText {
        say("undrain \(workers)", "deshacer drenaje de \(workers)")
    }
    static func lever(isEngaged: Bool) -> SafeText {
        isEngaged
            ? say("safety lever", "palanca de seguridad") : say("safety release", "soltar la palanca de seguridad")
    }
    static func cancel(_ operation: SafeText) -> SafeText { say("cancel \(operation)", "cancelar \(operation)") }
    static func takeOver(_ operation: SafeText) -> SafeText {
        say("take over \(operation)", "tomar el mando de \(operation)")
    }
    static var anOperation: SafeText { say("an operation", "una operación") }
}
