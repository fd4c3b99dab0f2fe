import FleetModel

/// What the bottom line offers.
enum KeyLineWords {
    typealias Hint = (key: SafeText, words: SafeText)

    static func drain(_ count: Int) -> SafeText { counted(say("drain", "drenar"), count) }
    static func undrain(_ count: Int) -> SafeText { counted(say("undrain", "deshacer drenaje"), count) }
    private static func counted(_ word: SafeText, _ count: Int) -> SafeText { count > 1 ? "\(word) \(count)" : word }

    static var rebalance: SafeText { say("rebalance", "rebalancear") }
    static var throttle: SafeText { say("throttle", "limitar") }
    static var clearThrottle: SafeText { say("end throttle", "terminar límite") }
    static var broadcast: SafeText { say("message", "mensaje") }
    static var breaker: SafeText { say("breaker", "breaker") }
    static var kick: SafeText { say("kick", "cerrar") }
    static var drill: SafeText { say("drill", "simulacro") }
    static var release: SafeText { say("release lever", "soltar palanca") }
    static var safety: SafeText { say("safety", "palanca") }
    static var dismiss: SafeText { say("dismiss error", "descartar error") }
    static var filter: SafeText { say("filter", "filtrar") }
    static var sort: SafeText { say("sort", "ordenar") }
    static func follow(_ isFollowing: Bool) -> SafeText {
        isFollowing ? say("unfollow", "no seguir") : say("follow", "seguir")
    }
    static var pause: SafeText { say("pause", "pausa") }
    static var resume: SafeText { say("resume", "seguir") }
    static var command: SafeText { say("command", "comando") }
    static var unmark: SafeText { say("unmark", "desmarcar") }
    static var showAll: SafeText { say("show all", "mostrar todo") }
    static var back: SafeText { say("back", "volver") }
    static var quit: SafeText { say("quit", "salir") }

    static var filterHints: [Hint] {
        [
            ("Enter", say("keep", "dejar")), ("Esc", showAll), ("!", say("first: the others", "primero: los demás")),
        ]
    }
    static var commandHints: [Hint] {
        [("Enter", say("run", "ejecutar")), ("Tab", say("complete", "completar")), ("Up", say("history", "historia"))]
    }
    static var exportPrompt: SafeText { say("export to ", "exportar a ") }
    static var exportHints: [Hint] {
        [("Enter", say("write", "escribir")), (".csv .json", say("by the name's end", "según cómo termina")), leaveIt]
    }
    static var columnHints: [Hint] { [("Space", say("show or hide", "mostrar u ocultar")), ("Esc", back)] }
    static var menuHints: [Hint] { [("1-9", say("choose", "elegir")), leaveIt] }
    static var deliveryHints: [Hint] { [("Esc", say("I have read it", "leído"))] }
    static var quitHints: [Hint] { [("Esc", say("stay", "quedarse"))] }
    static var doIt: Hint { ("y", say("do it", "hacerlo")) }
    static var goOn: Hint { ("Enter", say("go on", "seguir")) }
    static var nextField: Hint { ("Tab", say("next field", "campo siguiente")) }
    static var leaveIt: Hint { ("Esc", say("leave it", "dejarlo")) }
}
