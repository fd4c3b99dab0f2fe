import FleetModel

/// What is said of acts and of what came of them.
enum ActWords {
    static func failed(_ act: SafeText, _ reason: SafeText) -> SafeText {
        say("\(act) failed: \(reason)", "\(act) falló: \(reason)")
    }
    static var anOperation: SafeText { say("an operation", "una operación") }
}
