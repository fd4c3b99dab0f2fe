import FleetModel

/// What the rule above a table says.
enum TableWords {
    static func filter(_ text: SafeText, isBroken: Bool) -> SafeText {
        isBroken
            ? say("filter \(text) (letter by letter)", "filtro \(text) (letra por letra)")
            : say("filter \(text)", "filtro \(text)")
    }

    static func marked(_ count: Int) -> SafeText { say("\(count) marked", "\(count) marcados") }
    static func following(_ name: SafeText) -> SafeText { say("following \(name)", "siguiendo \(name)") }
    static func sort(_ column: SafeText, _ mark: SafeText) -> SafeText {
        say("sort \(column) \(mark)", "orden \(column) \(mark)")
    }
    static func count(_ shown: Int, of all: Int) -> SafeText {
        say(
            "\(Figures.grouped(shown)) of \(Figures.grouped(all))",
            "\(Figures.grouped(shown)) de \(Figures.grouped(all))")
    }
    static func rows(_ first: Int, _ last: Int) -> SafeText { say("rows \(first)-\(last)", "filas \(first)-\(last)") }
    static func nothingMatches(_ filter: SafeText, of count: Int) -> SafeText {
        say(
            "Nothing matches \(filter). Esc shows all \(count).",
            "Nada coincide con \(filter). Esc muestra las \(count) filas.")
    }
}
