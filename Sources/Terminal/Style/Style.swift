/// What a piece of the screen means; a theme says how that looks.
package enum ThemeRole: String, Sendable, CaseIterable {
    case normal, dim, title, header, border, key, input
    case selected
    case good, warning, critical, stale
    case accent
    case bar, barEmpty = "bar_empty", spark
    /// Cold to hot, for heat tables.
    case heat0, heat1, heat2, heat3, heat4, heat5
    /// A value that changed since the frame before.
    case changed

    package static let heatScale: [ThemeRole] = [.heat0, .heat1, .heat2, .heat3, .heat4, .heat5]
}

/// A role and what is laid over it.
package struct Style: Hashable, Sendable {
    package var role: ThemeRole
    package var bold: Bool
    package var reverse: Bool
    package var underline: Bool
    /// Lies in the selected row: the role keeps its meaning and the theme's `selected` goes under it.
    package var selected: Bool

    package init(
        _ role: ThemeRole, bold: Bool = false, reverse: Bool = false, underline: Bool = false, selected: Bool = false
    ) {
        self.role = role
        self.bold = bold
        self.reverse = reverse
        self.underline = underline
        self.selected = selected
    }

    package static let normal = Style(.normal)
}

/// What the terminal at hand can show.
package struct TerminalCapabilities: Sendable, Equatable {
    package enum Colors: Int, Sendable, Comparable {
        case none = 0
        case sixteen = 16
        case twoHundredFiftySix = 256
        case trueColor = 16_777_216

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package var colors: Colors
    /// False where the locale is not UTF-8: lines, bars and sparks then fall back to ASCII.
    package var unicode: Bool

    package init(colors: Colors, unicode: Bool) {
        self.colors = colors
        self.unicode = unicode
    }
}
