extension Character {
    /// Scalars that share a cell, at most this many, as curses has it (`CCHARW_MAX`): no writing needs more.
    package static let scalarsPerCell = 5

    /// This character without what would never be drawn of it, so that a letter under 10,000 marks costs a screen what
    /// any letter does.
    var bounded: Character {
        guard utf8.count > Self.scalarsPerCell * 4 else { return self }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: unicodeScalars.prefix(Self.scalarsPerCell))
        return String(scalars).first ?? self
    }

    /// What to draw in this character's columns: one part for each scalar that takes space, with the marks that
    /// join it.
    ///
    /// Most have one. A flag has two, one for each column; parts past the character's width are dropped, and so are
    /// variation selectors, so that the terminal and the width cannot disagree.
    package var drawnParts: [[Unicode.Scalar]] {
        var parts: [[Unicode.Scalar]] = []
        var columns = 0
        for scalar in unicodeScalars where !(0xFE00...0xFE0F).contains(scalar.value) {
            let width = scalar.columnWidth
            if width == 0 {
                if let last = parts.indices.last, parts[last].count < Self.scalarsPerCell { parts[last].append(scalar) }
            } else if columns + width <= 2 {
                parts.append([scalar])
                columns += width
            }
        }
        return parts
    }
}
