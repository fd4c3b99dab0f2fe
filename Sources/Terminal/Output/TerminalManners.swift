/// What is to be known of a terminal in order to draw on it.
package struct TerminalManners: Sendable {
    package var capabilities: TerminalCapabilities
    /// How many colours it has by number: with 8, bright ones are folded into them.
    package var paletteSize: Int
    /// It scrolls as soon as its last cell is written, so that this one has to stay empty.
    package var scrollsAtItsEnd: Bool
    package var showCursor: [UInt8]
    package var hideCursor: [UInt8]

    package init(
        capabilities: TerminalCapabilities, paletteSize: Int, scrollsAtItsEnd: Bool = false,
        showCursor: [UInt8] = Array("\u{1B}[?25h".utf8), hideCursor: [UInt8] = Array("\u{1B}[?25l".utf8)
    ) {
        self.capabilities = capabilities
        self.paletteSize = paletteSize
        self.scrollsAtItsEnd = scrollsAtItsEnd
        self.showCursor = showCursor
        self.hideCursor = hideCursor
    }
}

extension Appearance {
    /// On eight colours, bright ones are the dark ones, in bold where they are text. Bright black would be black there:
    /// text takes the terminal's own colour, and what lies under it blue.
    func folded(intoPalette size: Int) -> Appearance {
        guard size < 16 else { return self }
        var folded = self
        if case .palette(let index)? = foreground, (8..<16).contains(index) {
            folded.foreground = index == 8 ? nil : .palette(index - 8)
            folded.bold = bold || index != 8
        }
        if case .palette(let index)? = background, (8..<16).contains(index) {
            folded.background = .palette(index == 8 ? 4 : index - 8)
        }
        return folded
    }
}
