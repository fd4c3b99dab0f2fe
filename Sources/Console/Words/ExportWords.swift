import FleetModel

/// What came of writing a page into a file.
package enum ExportWords {
    package static func written(_ path: SafeText) -> SafeText { say("Written to \(path)", "Escrito en \(path)") }
    package static func failed(_ path: SafeText, _ reason: SafeText) -> SafeText {
        say("\(path) was not written: \(reason)", "\(path) no se escribió: \(reason)")
    }
    package static var exists: SafeText {
        say("it is there already; choose another name", "ya existe; elige otro nombre")
    }
}
