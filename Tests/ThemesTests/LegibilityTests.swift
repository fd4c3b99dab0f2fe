import Terminal
import Testing
import Themes

@Suite("A shipped theme can be read")
struct LegibilityTests {
    /// Drawn for the eye to rest on, not to read: lines and what a bar leaves open.
    private static let decoration: Set<ThemeRole> = [.border, .barEmpty]
    /// Seen by its shape, for which WCAG 2.2 (1.4.11) asks for 3 to 1.
    private static let graphics: Set<ThemeRole> = [.bar, .spark]
    private static let depths: [TerminalCapabilities.Colors] = [.twoHundredFiftySix, .trueColor]

    @Test(
        "with as much contrast as its kind promises, also in the selected row",
        arguments: [("default", 4.5), ("light", 4.5), ("color-blind", 4.5), ("high-contrast", 7)])
    func contrast(_ name: String, _ ratio: Double) throws {
        let theme = try ThemeCatalog.theme(named: name, environment: [:])
        let ground = try #require(theme.background)
        for role in ThemeRole.allCases where !Self.decoration.contains(role) {
            for colors in Self.depths {
                let plain = Paint(theme, Style(role), colors, on: ground)
                #expect(plain.contrast >= (Self.graphics.contains(role) ? 3 : ratio), "\(role) of \(colors)")
                // Its own background keeps a cell that has one apart; the rest may be as faint as graphics.
                let selected = Paint(theme, Style(role, selected: true), colors, on: ground)
                #expect(Self.graphics.contains(role) || selected.contrast >= 3, "\(role) of \(colors), selected")
            }
        }
    }

    @Test("by people who see no red or no green", arguments: Sight.Deficiency.allCases, depths)
    func colorBlindness(_ deficiency: Sight.Deficiency, _ colors: TerminalCapabilities.Colors) throws {
        let theme = try ThemeCatalog.theme(named: "color-blind", environment: [:])
        let ground = try #require(theme.background)
        for roles in [[ThemeRole.good, .warning, .critical, .stale], ThemeRole.heatScale] {
            let paints = roles.map { Paint(theme, Style($0), colors, on: ground) }
            for (index, paint) in paints.enumerated() {
                for (other, role) in zip(paints, roles).dropFirst(index + 1) {
                    #expect(paint.difference(to: other, deficiency) >= Self.clearDifference, "\(roles[index]), \(role)")
                }
            }
        }
    }

    /// Far over the 2.3 that can just be told side by side: these stand in different corners of a screen.
    private static let clearDifference = 12.0
}

/// The two colours of a cell.
private struct Paint {
    let foreground: RGBColor
    let background: RGBColor

    init(_ theme: Theme, _ style: Style, _ colors: TerminalCapabilities.Colors, on ground: RGBColor) {
        let look = theme.resolve(style, TerminalCapabilities(colors: colors, unicode: true))
        background = look.background.flatMap(RGBColor.init) ?? ground
        // The terminal's own text can be read on the terminal's own background: white or black, at the worst grey.
        let isDark = Sight.contrast(ground, RGBColor(hex: 0)) < Sight.contrast(ground, RGBColor(hex: 0xFFFFFF))
        foreground = look.foreground.flatMap(RGBColor.init) ?? RGBColor(hex: isDark ? 0xD0D0D0 : 0x202020)
    }

    var contrast: Double { Sight.contrast(foreground, background) }

    /// Of what differs more, the text or what lies under it.
    func difference(to other: Paint, _ deficiency: Sight.Deficiency) -> Double {
        let pairs = [(foreground, other.foreground), (background, other.background)]
        return pairs.map { pair in
            Sight.difference(deficiency.see(Sight.light(pair.0)), deficiency.see(Sight.light(pair.1)))
        }.max() ?? 0
    }
}

extension RGBColor {
    fileprivate init?(_ color: TerminalColor) {
        switch color {
        case .palette(let index): self.init(paletteIndex: index)
        case .rgb(let color): self = color
        }
    }
}
