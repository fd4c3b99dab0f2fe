import FleetModel
import Terminal

extension CellBuffer {
    /// Words in the place of a table that has no rows.
    mutating func put(_ words: SafeText, wrappedIn area: Rect) {
        let lines = words.wrapped(to: max(1, area.width - TableLayout.margin - 1)).prefix(area.height)
        for (index, line) in lines.enumerated() {
            put(line, x: area.x + TableLayout.margin, y: area.y + index, style: Style(.dim))
        }
    }
}

extension [SafeText] {
    func joined(separator: SafeText) -> SafeText {
        guard let first else { return "" }
        return dropFirst().reduce(first) { $0 + separator + $1 }
    }
}

extension SafeText {
    /// Cuts a name to so many columns at its front: workers of one node differ at the end.
    func fittingTail(_ width: Int, _ glyphs: Glyphs) -> SafeText {
        guard columnWidth > width else { return self }
        var columns = 1
        let tail = text.reversed().prefix { character in
            columns += character.columnWidth
            return columns <= width
        }
        return SafeText(String(glyphs.ellipsis) + String(tail.reversed()))
    }

    /// Breaks at blanks into lines of at most so many columns; a word that is longer is left to be cut where it is put.
    func wrapped(to width: Int) -> [SafeText] {
        var lines: [SafeText] = []
        var line: SafeText = ""
        for part in text.split(separator: " ") {
            let word = SafeText(part)
            let longer = line.isEmpty ? word : "\(line) \(word)"
            if line.isEmpty || longer.columnWidth <= width {
                line = longer
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
