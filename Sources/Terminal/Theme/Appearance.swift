/// How a cell looks: what a style comes to under a theme on a terminal.
package struct Appearance: Hashable, Sendable {
    /// Nil is the terminal's own foreground or background.
    package var foreground: TerminalColor?
    package var background: TerminalColor?
    package var bold: Bool
    package var reverse: Bool
    package var underline: Bool

    package init(
        foreground: TerminalColor? = nil, background: TerminalColor? = nil, bold: Bool = false, reverse: Bool = false,
        underline: Bool = false
    ) {
        self.foreground = foreground
        self.background = background
        self.bold = bold
        self.reverse = reverse
        self.underline = underline
    }

    package static let plain = Appearance()

    /// This look on top of another: what it leaves open shows through from below.
    func over(_ below: Appearance) -> Appearance {
        Appearance(
            foreground: foreground ?? below.foreground, background: background ?? below.background,
            bold: bold || below.bold, reverse: reverse || below.reverse, underline: underline || below.underline)
    }
}
