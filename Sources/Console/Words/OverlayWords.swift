import FleetModel

/// What boxes over a page say.
enum OverlayWords {
    static var columns: SafeText { say("Columns", "Columnas") }
    static var pageBelow: SafeText { say("Which page below?", "¿Qué página abajo?") }
    static var morePages: SafeText { say("More pages", "Más páginas") }
}
