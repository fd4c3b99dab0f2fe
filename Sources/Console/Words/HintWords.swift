import FleetModel

/// What the bottom line answers to a key.
enum HintWords {
    static func noMeaning(_ key: SafeText) -> SafeText {
        say("\(key) does nothing here; ? shows the keys", "\(key) no hace nada aquí; ? muestra las teclas")
    }
    static func notHere(_ action: SafeText) -> SafeText {
        say("Nothing here for: \(action)", "Nada aquí para: \(action)")
    }
    static var past: SafeText {
        say(
            "This is the past: p or Esc leads back to the present, where one can act",
            "Esto es el pasado: p o Esc llevan al presente, donde se puede actuar")
    }
    static func theme(_ name: SafeText) -> SafeText { say("Theme \(name)", "Tema \(name)") }
    static var nothingToCopy: SafeText { say("There is nothing to copy", "No hay nada que copiar") }
    static var copied: SafeText {
        say("Copied, if the terminal allows it (OSC 52)", "Copiado, si la terminal lo permite (OSC 52)")
    }
    static var nowhereToPaste: SafeText {
        say("Nothing is being typed: pasting does nothing here", "No se está escribiendo nada: aquí no se puede pegar")
    }
    static var typedByHand: SafeText {
        say("A confirmation is typed, not pasted", "Una confirmación se escribe, no se pega")
    }
    static var workersFirst: SafeText {
        say("Tab goes to the workers, where one is marked", "Tab va a los workers, donde uno está marcado")
    }
    static func role(_ least: SafeText, _ role: SafeText) -> SafeText {
        say(
            "This takes the role \(least); you are \(role) here",
            "Hace falta el rol \(least); aquí eres \(role)")
    }
    static func needsScreen(_ columns: Int, _ rows: Int) -> SafeText {
        say("This needs a screen of \(columns)x\(rows)", "Esto necesita una pantalla de \(columns)x\(rows)")
    }
    static var noWorker: SafeText { say("There is no worker to act on", "No hay ningún worker") }
    static func cannotDrain(_ worker: SafeText, _ state: SafeText) -> SafeText {
        say("\(worker) cannot be drained: it is \(state)", "\(worker) no se puede drenar: está \(state)")
    }
    static func cannotUndrain(_ worker: SafeText, _ state: SafeText) -> SafeText {
        say("\(worker) cannot be undrained: it is \(state)", "no hay drenaje que deshacer en \(worker): está \(state)")
    }
    static var gone: SafeText { say("gone", "ausente") }
    static var ended: SafeText { say("This operation has ended", "Esta operación terminó") }
    static var unknownCommand: SafeText {
        say("No such command; Tab completes, ? has the list", "No existe ese comando; Tab completa, ? tiene la lista")
    }
    static func unknownColumn(_ name: SafeText) -> SafeText {
        say("There is no column \(name) to sort by", "No hay columna \(name) por la que ordenar")
    }
    static var nothingToExport: SafeText { say("There is nothing to export here", "Aquí no hay nada que exportar") }
}
