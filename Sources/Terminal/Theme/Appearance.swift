/// A colour by its number in the terminal's palette: 0 to 15 are the terminal's own sixteen, the rest the fixed 256.
package struct PaletteColor: Hashable, Sendable {
    package let index: UInt8

    package init(_ index: UInt8) { self.index = index }
}

/// How a cell looks: what a style comes to under a theme on a terminal.
package struct Appearance: Hashable, Sendable {
    /// Nil is the terminal's own foreground or background.
    package var foreground: PaletteColor?
    package var background: PaletteColor?
    package var bold: Bool
    package var reverse: Bool
    package var underline: Bool

    package init(
        foreground: PaletteColor? = nil, background: PaletteColor? = nil, bold: Bool = false, reverse: Bool = false,
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
