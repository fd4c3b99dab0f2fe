import FleetModel

/// One place on the screen. A wide character fills its cell and leaves a `continuation` to its right.
package struct Cell: Hashable, Sendable {
    package var character: Character
    package var style: Style

    package init(_ character: Character, _ style: Style) {
        self.character = character
        self.style = style
    }

    package static let blank = Cell(" ", .normal)
    /// The right half of a wide character; nothing is drawn for it.
    package static let continuation = Cell("\0", .normal)

    package var isContinuation: Bool { character == Self.continuation.character }
}

package struct Size: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A rectangle of cells, in columns and rows from the top left.
package struct Rect: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// A screen as a value: views write into it, tests read it, a terminal draws what changed.
///
/// Writing outside the buffer is cut off, never an error: a view need not know how small the terminal is.
package struct CellBuffer: Sendable, Equatable {
    package let size: Size
    package private(set) var cells: [Cell]

    package init(size: Size) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    package var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

    package subscript(x: Int, y: Int) -> Cell {
        get { contains(x, y) ? cells[y * size.columns + x] : .blank }
        set {
            guard contains(x, y) else { return }
            separate(x, y)
            cells[y * size.columns + x] = newValue
        }
    }

    /// Blanks the other half of a wide character of which one half is about to be written over.
    private mutating func separate(_ x: Int, _ y: Int) {
        let index = y * size.columns + x
        if cells[index].isContinuation, x > 0 {
            cells[index - 1].character = " "
        }
        if x + 1 < size.columns, cells[index + 1].isContinuation {
            cells[index + 1] = Cell(" ", cells[index].style)
        }
    }

    /// Writes text on one row, at most `width` columns of it.
    /// - Returns: the column after the last one written.
    @discardableResult
    package mutating func put(
        _ text: SafeText, x: Int, y: Int, style: Style = .normal, width: Int = .max
    ) -> Int {
        var column = x
        let end = width == .max ? size.columns : min(size.columns, x + width)
        for character in text.text {
            let columns = character.columnWidth
            guard column + columns <= end else { break }
            guard columns > 0 else { continue }
            self[column, y] = Cell(character.bounded, style)
            if columns == 2 { continueWide(column, y) }
            column += columns
        }
        return column
    }

    private mutating func continueWide(_ x: Int, _ y: Int) {
        guard contains(x, y), contains(x + 1, y) else { return }
        separate(x + 1, y)
        cells[y * size.columns + x + 1] = .continuation
    }

    /// Writes text so that its last column is `right - 1`.
    package mutating func put(_ text: SafeText, endingAt right: Int, y: Int, style: Style = .normal) {
        put(text, x: right - text.columnWidth, y: y, style: style)
    }

    package mutating func fill(_ rect: Rect, with cell: Cell = .blank) {
        for y in rect.y..<max(rect.y, rect.y + rect.height) {
            for x in rect.x..<max(rect.x, rect.x + rect.width) {
                self[x, y] = cell
            }
        }
    }

    /// Lays a style over cells that are written already.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        for y in rect.y..<max(rect.y, rect.y + rect.height) {
            for x in rect.x..<max(rect.x, rect.x + rect.width) where contains(x, y) {
                change(&cells[y * size.columns + x].style)
            }
        }
    }

    /// The screen as lines of text without trailing blanks, for golden tests.
    package var textLines: [String] {
        (0..<size.rows).map { y in
            var line = ""
            for cell in cells[y * size.columns..<(y + 1) * size.columns] where !cell.isContinuation {
                line.append(cell.character)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func contains(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < size.columns && y < size.rows
    }
}
