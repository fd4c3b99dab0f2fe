import FleetModel

/// What is wrong in a file of keys.
package enum KeysFileWords {
    static func unknownAction(_ name: SafeText, _ near: [SafeText]) -> SafeText {
        let near = Self.list(near)
        return near.isEmpty
            ? say("no action is called \(name); ? lists them", "ninguna acción se llama \(name); ? las muestra")
            : say(
                "no action is called \(name); meant is perhaps \(near)",
                "ninguna acción se llama \(name); quizás \(near)")
    }
    static func unknownPage(_ name: SafeText, _ pages: [SafeText]) -> SafeText {
        say(
            "no page is called \(name); pages are \(list(pages))",
            "ninguna página se llama \(name); hay \(list(pages))")
    }
    static func unknownKey(_ name: SafeText) -> SafeText {
        say(
            "\"\(name)\" is no key; keys are single characters, Ctrl-X, F1 to F12, and names such as PgDn or Esc",
            "\"\(name)\" no es una tecla; son un carácter, Ctrl-X, F1 a F12, o nombres como PgDn, Space o Esc")
    }
    static func digit(_ key: SafeText) -> SafeText {
        say("\(key) leads to a page and cannot be another", "\(key) lleva a una página y no puede ser otra cosa")
    }
    static func fixed(_ key: SafeText) -> SafeText {
        say("\(key) always means the same and cannot be another", "\(key) significa siempre lo mismo")
    }
    static func taken(_ key: SafeText, by action: SafeText) -> SafeText {
        say(
            "\(key) is taken by \(action): give that another key too",
            "\(key) ya es de \(action): dale otra tecla también")
    }
    package static func twice(_ keys: SafeText) -> SafeText {
        say("\(keys) stands here twice", "\(keys) está dos veces")
    }
    package static var shape: SafeText {
        say(
            "expected a key, or a list of keys such as [PgDn, Ctrl-F]",
            "se esperaba una tecla o una lista como [PgDn, Ctrl-F]")
    }
    package static var pages: SafeText {
        say("expected pages with their actions", "se esperaban páginas con sus acciones")
    }
    package static var mapping: SafeText {
        say("expected lines such as 'drain: D'", "se esperaban líneas como 'drain: D'")
    }
    package static var unreadable: SafeText { say("cannot be read", "no se puede leer") }
    package static var tooLarge: SafeText {
        say("larger than a file of keys is", "más grande que un archivo de teclas")
    }
    package static var notText: SafeText { say("not UTF-8 text", "no es texto UTF-8") }
    package static func standardStays(_ problem: SafeText) -> SafeText {
        say("\(problem). The standard key stays", "\(problem). Queda la tecla estándar")
    }
    package static func more(_ count: Int) -> SafeText {
        say("and \(count) more in the file of keys", "y \(count) más en el archivo de teclas")
    }
    private static func list(_ names: [SafeText]) -> SafeText {
        names.dropFirst().reduce(names.first ?? "") { "\($0), \($1)" }
    }
}
