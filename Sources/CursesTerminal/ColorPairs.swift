import CNcurses
import Terminal

/// Curses' numbered pairs of foreground and background, made when first asked for.
struct ColorPairs {
    private struct Colors: Hashable {
        var foreground: Int32
        var background: Int32
    }

    /// Curses' number for the terminal's own colour, since `use_default_colors`.
    private static let terminalDefault: Int32 = -1

    /// How many colours the terminal has; 0 where colour is off.
    private let colors: Int
    private let limit: Int
    private var numbers: [Colors: Int32] = [:]

    init(colors: Int, limit: Int) {
        self.colors = colors
        self.limit = limit
    }

    mutating func attributes(for appearance: Appearance) -> CellAttributes {
        var appearance = appearance
        if colors < 16 { appearance.foldBrightColors() }
        var bits: attr_t = 0
        if appearance.bold { bits |= gad_attribute_bold() }
        if appearance.reverse { bits |= gad_attribute_reverse() }
        if appearance.underline { bits |= gad_attribute_underline() }
        return CellAttributes(bits: bits, pair: pair(appearance))
    }

    private mutating func pair(_ appearance: Appearance) -> Int32 {
        let wanted = Colors(
            foreground: number(appearance.foreground), background: number(appearance.background))
        if wanted == Colors(foreground: Self.terminalDefault, background: Self.terminalDefault) { return 0 }
        if let known = numbers[wanted] { return known }
        let next = Int32(numbers.count + 1)
        // Out of pairs, the cell keeps its attributes and loses its colour.
        guard Int(next) < limit, init_extended_pair(next, wanted.foreground, wanted.background) == OK else { return 0 }
        numbers[wanted] = next
        return next
    }

    private func number(_ color: PaletteColor?) -> Int32 {
        guard let color, Int(color.index) < colors else { return Self.terminalDefault }
        return Int32(color.index)
    }
}

extension Appearance {
    /// On eight colours, bright ones are the dark ones, in bold where they are text. Bright black would be black there:
    /// text takes the terminal's own colour, and what lies under it blue.
    fileprivate mutating func foldBrightColors() {
        if let index = foreground?.index, (8..<16).contains(index) {
            foreground = index == 8 ? nil : PaletteColor(index - 8)
            bold = bold || index != 8
        }
        if let index = background?.index, (8..<16).contains(index) {
            background = PaletteColor(index == 8 ? 4 : index - 8)
        }
    }
}
