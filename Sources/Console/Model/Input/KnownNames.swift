/// Names that lie outside the console and are offered for completion.
package struct KnownNames: Sendable, Equatable {
    /// Of the operator's own themes.
    package let themes: [String]
    package let contexts: [String]

    package init(themes: [String] = [], contexts: [String] = []) {
        self.themes = themes
        self.contexts = contexts
    }
}
