import FleetModel

/// What is said of the files that belong to the console: preferences, themes and keys.
package enum PreferenceWords {
    package static func notRead(_ path: SafeText, _ reason: SafeText) -> SafeText {
        say(
            "\(path) cannot be read: \(reason). The standard holds; the next change writes the file anew",
            "\(path) no se puede leer: \(reason). Vale lo estándar; el próximo cambio vuelve a escribir el archivo")
    }
    package static var notOurs: SafeText {
        say("it is no file of gadtop's", "no es un archivo de gadtop")
    }
    package static var damaged: SafeText { say("it is damaged", "está dañado") }
    package static func notKept(_ path: SafeText, _ reason: SafeText) -> SafeText {
        say(
            "What you choose is not kept: \(path) cannot be written: \(reason)",
            "Lo que elijas no se conserva: \(path) no se puede escribir: \(reason)")
    }
    package static func themeRefused(_ problem: SafeText) -> SafeText {
        say("The theme stays as it was: \(problem)", "El tema queda como estaba: \(problem)")
    }
    package static var tooLongToCopy: SafeText {
        say("Too long for the clipboard; E exports it", "Demasiado largo para el portapapeles; E lo exporta")
    }
}
