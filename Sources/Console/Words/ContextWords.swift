import FleetModel

/// What is said of contexts: the names that operators give to their fleets.
package enum ContextWords {
    static func opened(_ fleet: SafeText) -> SafeText { say("This is \(fleet) now", "Esto es ahora \(fleet)") }
    static var leadsHere: SafeText {
        say(
            "An operation goes on from here; once it has ended another fleet can be opened",
            "Aquí sigue una operación; cuando termine se puede abrir otra flota")
    }
    static var oneOnly: SafeText {
        say(
            "Several contexts are looked at; to act, open the one: :context NAME",
            "Se miran varios contextos; para actuar, abre uno: :context NOMBRE")
    }
    static var operations: SafeText {
        say(
            "operations belong to one fleet; open its context: :context NAME",
            "las operaciones son de una flota; abre su contexto: :context NOMBRE")
    }
    static func noWorkers(_ context: SafeText) -> SafeText { say("\(context): no worker", "\(context): ningún worker") }
    package static func refused(_ problem: SafeText) -> SafeText {
        say("The console stays where it is: \(problem)", "La consola queda donde está: \(problem)")
    }
}
