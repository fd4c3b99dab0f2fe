import FleetModel

/// What the fleet's page says besides its tables.
enum FleetWords {
    static func noMatch(_ filter: SafeText, of count: Int) -> SafeText {
        say(
            "No worker matches \(filter). Esc shows all \(count).",
            "Ningún worker coincide con \(filter). Esc muestra los \(count).")
    }
    static var noWorker: SafeText { say("No worker yet.", "Todavía no hay workers.") }
    static func lookedFor(_ place: SafeText) -> SafeText { say("Looked for in: \(place)", "Se buscan en: \(place)") }
    static var patience: SafeText {
        say(
            "Workers are shown as soon as they appear; there is nothing to restart.",
            "Los workers se muestran en cuanto aparecen; no hay que reiniciar nada.")
    }
    static var serve: SafeText {
        say(
            "A gateway of your own:   gadgate serve --workers 4", "Un gateway propio:       gadgate serve --workers 4")
    }
    static var demo: SafeText {
        say("A whole fleet to try:    gadtop demo", "Una flota para probar:   gadtop demo")
    }
}
