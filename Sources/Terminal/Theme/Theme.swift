/// How every role looks on terminals with 16 million colours, with 256, with 16, and without any.
package struct Theme: Sendable, Equatable {
    /// The four looks of one role.
    package struct Looks: Sendable, Equatable {
        package var trueColor: Appearance
        package var color256: Appearance
        package var color16: Appearance
        /// Attributes only, so that the meaning survives without colour.
        package var mono: Appearance

        package init(trueColor: Appearance, color256: Appearance, color16: Appearance, mono: Appearance) {
            self.trueColor = trueColor
            self.color256 = color256
            self.color16 = color16
            self.mono = mono
        }

        func look(for colors: TerminalCapabilities.Colors) -> Appearance {
            switch colors {
            case .none: mono
            case .sixteen: color16
            case .twoHundredFiftySix: color256
            case .trueColor: trueColor
            }
        }
    }

    package let name: String
    /// The terminal's own background that the theme is made for; nothing is painted with it.
    package let background: RGBColor?
    private let looks: [ThemeRole: Looks]

    init(name: String, background: RGBColor?, looks: [ThemeRole: Looks]) {
        self.name = name
        self.background = background
        self.looks = looks
    }

    /// What a style comes to: the role's look, then what the style lays over it, then the selection under it.
    package func resolve(_ style: Style, _ capabilities: TerminalCapabilities) -> Appearance {
        var appearance = look(style.role, capabilities)
        if style.selected { appearance = appearance.over(look(.selected, capabilities)) }
        appearance.bold = appearance.bold || style.bold
        appearance.reverse = appearance.reverse || style.reverse
        appearance.underline = appearance.underline || style.underline
        return appearance
    }

    /// The decoder lets no theme through in which a role is missing.
    private func look(_ role: ThemeRole, _ capabilities: TerminalCapabilities) -> Appearance {
        looks[role]?.look(for: capabilities.colors) ?? .plain
    }
}
