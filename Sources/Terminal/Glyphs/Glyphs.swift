/// The marks a screen is drawn with, in a set for terminals that show Unicode and one for those that do not.
///
/// Every glyph is one column wide in both sets, so that a layout does not depend on the set.
package struct Glyphs: Sendable, Equatable {
    package var border: BorderGlyphs
    /// A cell filled from the left by 1/8 to 8/8, for bars; ASCII knows only whole and less.
    package var barEighths: [Character]
    /// What a bar leaves open.
    package var barRest: Character
    /// Eight heights from low to high, for sparklines.
    package var sparks: [Character]
    /// Six marks from cold to hot: heat must be readable without colour.
    package var heat: [Character]

    package var arrowUp: Character
    package var arrowDown: Character
    package var arrowLeft: Character
    package var arrowRight: Character
    /// Beside a column's name: sorted upwards or downwards.
    package var ascending: Character
    package var descending: Character
    /// Before the selected row.
    package var pointer: Character
    /// Breaker or lamp: closed and well, half, open.
    package var full: Character
    package var half: Character
    package var empty: Character
    package var bullet: Character
    /// Between the crumbs of a way.
    package var crumb: Character
    package var check: Character
    package var cross: Character
    /// Before a row that is marked for what is done to many.
    package var marked: Character
    /// Under the column of a chart that is looked at, and above what stands in it.
    package var cursorMark: Character
    package var cursorLine: Character
    package var ellipsis: Character
    package var approximately: Character

    package static let unicode = Glyphs(
        border: .unicode,
        barEighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], barRest: "·",
        sparks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        heat: [" ", "·", "░", "▒", "▓", "█"],
        arrowUp: "↑", arrowDown: "↓", arrowLeft: "←", arrowRight: "→", ascending: "▲", descending: "▼",
        pointer: "▸", full: "●", half: "◐", empty: "○", bullet: "•", crumb: "›", check: "✓", cross: "✗",
        marked: "◆", cursorMark: "▲", cursorLine: "┊", ellipsis: "…", approximately: "≈")

    package static let ascii = Glyphs(
        border: .ascii,
        barEighths: ["-", "-", "-", "-", "-", "-", "-", "#"], barRest: ".",
        sparks: ["_", ".", "-", ":", "=", "+", "*", "#"],
        heat: [" ", ".", ":", "=", "%", "#"],
        arrowUp: "^", arrowDown: "v", arrowLeft: "<", arrowRight: ">", ascending: "^", descending: "v",
        pointer: ">", full: "o", half: "~", empty: "x", bullet: "*", crumb: ">", check: "+", cross: "x",
        marked: "*", cursorMark: "^", cursorLine: ":", ellipsis: "~", approximately: "~")

    package static func suited(to capabilities: TerminalCapabilities) -> Glyphs {
        capabilities.unicode ? .unicode : .ascii
    }
}

/// The parts of a frame.
package struct BorderGlyphs: Sendable, Equatable {
    package var horizontal: Character
    package var vertical: Character
    package var topLeft: Character
    package var topRight: Character
    package var bottomLeft: Character
    package var bottomRight: Character
    /// A horizontal line from which one goes down (`┬`), up (`┴`) or both (`┼`), and a vertical one with one to the
    /// right (`├`) or left (`┤`).
    package var teeDown: Character
    package var teeUp: Character
    package var crossing: Character
    package var teeRight: Character
    package var teeLeft: Character

    package static let unicode = BorderGlyphs(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        teeDown: "┬", teeUp: "┴", crossing: "┼", teeRight: "├", teeLeft: "┤")

    package static let ascii = BorderGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeDown: "+", teeUp: "+", crossing: "+", teeRight: "+", teeLeft: "+")
}
