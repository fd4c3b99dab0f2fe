/// A language that gadtop speaks with its operators.
package enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case spanish = "es"

    /// What everything said in the current task is said in.
    @TaskLocal package static var current = Language.english

    /// - Parameter name: of a language or a locale, such as `es`, `es_AR.UTF-8` or `español`.
    /// - Returns: nil for one that is not spoken here.
    package init?(_ name: String) {
        switch name.lowercased().prefix(2) {
        case "en", "c", "c.", "po": self = .english
        case "es": self = .spanish
        default: return nil
        }
    }
}

/// One entry of the catalogue of texts: the same in every language, side by side, so that none can be forgotten.
package func say(_ english: @autoclosure () -> SafeText, _ spanish: @autoclosure () -> SafeText) -> SafeText {
    switch Language.current {
    case .english: english()
    case .spanish: spanish()
    }
}
