import FleetModel

extension Unicode.Scalar {
    /// Columns a terminal gives this scalar: 0 for what joins the scalar before it, 2 for East Asian wide and emoji,
    /// otherwise 1. It agrees with `wcwidth` of the C library, which is what curses counts with.
    package var columnWidth: Int {
        if value < 0x7F { return value >= 0x20 ? 1 : 0 }
        if isJoined { return 0 }
        return WideScalars.contains(self) ? 2 : 1
    }

    private var isJoined: Bool {
        switch value {
        // Box drawing, blocks and the marks beside them are most of what a console draws past ASCII.
        case 0x2190...0x25FF: return false
        // The vowels and final consonants of a Hangul syllable written as letters.
        case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: return true
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return true
        default: return false
        }
    }
}

extension Character {
    /// Columns this character takes: 0 for a lone combining mark, 2 for East Asian wide and emoji, otherwise 1.
    ///
    /// A character of several scalars takes what they take together, and at most 2: a flag is two letters, and the skin
    /// tone after an emoji adds nothing. A variation selector changes nothing, because terminals disagree on it.
    package var columnWidth: Int {
        guard utf8.count > 1 else { return isPrintableASCII ? 1 : 0 }
        var columns = 0
        for scalar in unicodeScalars where columns < 2 { columns += scalar.columnWidth }
        return min(columns, 2)
    }

    var isPrintableASCII: Bool {
        guard utf8.count == 1, let byte = utf8.first else { return false }
        return (0x20..<0x7F).contains(byte)
    }
}

extension SafeText {
    package var columnWidth: Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + $1.columnWidth }
    }

    /// Scalars that one column may need before what follows is taken for an attack: far more than any writing does.
    private static let scalarsPerColumn = 8

    /// The text if it fits into so many columns, or else as much of its beginning as could, and whether that is so.
    ///
    /// It looks at no more than could be shown: the length of a name is for others to choose, and it is drawn with
    /// every frame.
    func beginning(columns: Int) -> (text: SafeText, fits: Bool) {
        let scalars = (columns + 1) * Self.scalarsPerColumn
        guard text.utf8.count > scalars else { return (self, columnWidth <= columns) }
        let end = text.unicodeScalars.index(
            text.startIndex, offsetBy: scalars, limitedBy: text.endIndex)
        guard let end, end < text.endIndex else { return (self, columnWidth <= columns) }
        return (SafeText(text[..<end]), false)
    }
}
