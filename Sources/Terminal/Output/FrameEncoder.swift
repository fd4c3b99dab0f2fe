/// Turns what changed of a screen into the bytes that change a terminal's, as few as it can.
///
/// It writes ECMA-48, which every terminal of the last decades reads. Curses' own output would have to be told each
/// colour as one of a numbered pair, cannot name 16 million of them under most descriptions, and is longer.
package struct FrameEncoder {
    private let manners: TerminalManners
    /// What the system's own library gives a scalar; nil to take the word of this module.
    private let columns: ((Unicode.Scalar) -> Int)?
    private var theme: Theme
    private var appearances: [Style: Appearance] = [:]
    private var pen: Pen
    private var track = CursorTrack()
    /// Nil when nothing of the screen can be relied on.
    private var shown: CellBuffer?
    private var shownCursor: (x: Int, y: Int)?
    private var bytes: [UInt8] = []

    package init(
        _ manners: TerminalManners, theme: Theme = .standard, columns: ((Unicode.Scalar) -> Int)? = nil
    ) {
        self.manners = manners
        self.theme = theme
        self.columns = columns
        pen = Pen(takesBack: manners.capabilities.colors > .none)
    }

    package mutating func apply(_ theme: Theme) {
        self.theme = theme
        appearances.removeAll()
        forget()
    }

    /// Something else wrote on the screen: the next frame begins by clearing it.
    package mutating func forget() {
        shown = nil
        shownCursor = nil
        pen.forget()
        track.forget()
    }

    /// What to send so that the terminal shows a buffer; nothing where it does already.
    /// - Parameter cursor: where to show the cursor; nil hides it.
    package mutating func frame(_ buffer: CellBuffer, cursor: (x: Int, y: Int)? = nil) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        let isFirst = shown?.size != buffer.size
        if isFirst { clear() }
        let below = isFirst ? CellBuffer(size: buffer.size) : shown
        for run in BufferDiff.runs(from: below, to: buffer) { write(run, of: buffer) }
        place(cursor, isFirst: isFirst)
        shown = buffer
        return bytes
    }

    private mutating func clear() {
        pen.forget()
        pen.select(.plain, &bytes)
        bytes += Array("\u{1B}[H\u{1B}[2J".utf8)
        track.home()
    }

    private mutating func place(_ cursor: (x: Int, y: Int)?, isFirst: Bool) {
        if let cursor { track.move(toX: cursor.x, y: cursor.y, &bytes) }
        if isFirst || (cursor == nil) != (shownCursor == nil) {
            bytes += cursor == nil ? manners.hideCursor : manners.showCursor
        }
        shownCursor = cursor
    }
}

// MARK: - Cells

extension FrameEncoder {
    /// A sequence that erases to the end of the line pays from so many blanks.
    private static let blanksWorthErasing = 4
    /// Rewriting so many cells is no longer than any sequence that steps over them.
    private static let cellsWorthRewriting = 4

    private mutating func write(_ run: BufferDiff.Run, of buffer: CellBuffer) {
        let rowStart = run.y * buffer.size.columns
        let row = buffer.cells[rowStart..<rowStart + buffer.size.columns]
        let end = run.x + run.width
        let blanksStart = startOfBlanks(row, before: end)
        let erases = end - max(run.x, blanksStart) >= Self.blanksWorthErasing
        rewriteGap(before: run, row)
        for x in run.x..<(erases ? max(run.x, blanksStart) : end) {
            let cell = row[rowStart + x]
            // The left half is as it was, or has been written with its right one.
            guard !cell.isContinuation, !isForbidden(x, run.y, buffer.size) else { continue }
            write(cell, x: x, y: run.y, buffer.size)
        }
        if erases {
            track.move(toX: max(run.x, blanksStart), y: run.y, &bytes)
            pen.select(.plain, blank: true, &bytes)
            bytes += Array("\u{1B}[K".utf8)
        }
    }

    /// From where a row is blank to its very end; its end where the run itself ends in something to be seen.
    private mutating func startOfBlanks(_ row: ArraySlice<Cell>, before end: Int) -> Int {
        var x = row.count
        while x > 0, isBlank(row[row.startIndex + x - 1]) { x -= 1 }
        return x < end ? x : row.count
    }

    private mutating func isBlank(_ cell: Cell) -> Bool {
        guard cell.character == " " else { return false }
        let look = appearance(of: cell.style)
        return look.background == nil && !look.reverse && !look.underline
    }

    private mutating func rewriteGap(before run: BufferDiff.Run, _ row: ArraySlice<Cell>) {
        guard let gap = track.distance(toX: run.x, y: run.y), (1...Self.cellsWorthRewriting).contains(gap) else {
            return
        }
        let cells = row[(row.startIndex + run.x - gap)..<(row.startIndex + run.x)]
        guard cells.allSatisfy({ $0.character.isPrintableASCII && appearance(of: $0.style) == pen.appearance }) else {
            return
        }
        for cell in cells { bytes += cell.character.utf8 }
        track.advance(by: gap)
    }

    private func isForbidden(_ x: Int, _ y: Int, _ size: Size) -> Bool {
        manners.scrollsAtItsEnd && x == size.columns - 1 && y == size.rows - 1
    }

    private mutating func write(_ cell: Cell, x: Int, y: Int, _ size: Size) {
        track.move(toX: x, y: y, &bytes)
        pen.select(appearance(of: cell.style), blank: cell.character == " ", &bytes)
        let width = append(cell.character)
        // Past the last column terminals differ on where the cursor is.
        if x + width >= size.columns { track.forget() }
    }

    /// - Returns: the columns it takes.
    private mutating func append(_ character: Character) -> Int {
        if character.isPrintableASCII {
            bytes += character.utf8
            track.advance(by: 1)
            return 1
        }
        var width = 0
        for part in character.drawnParts { width += append(part) }
        if width == 0 {
            bytes.append(UInt8(ascii: " "))
            width = 1
        }
        if character.isMeasuredAlike { track.advance(by: width) } else { track.forget() }
        return width
    }

    /// A scalar that the system measures otherwise, or that the terminal cannot show, gives way to a mark of the same
    /// width.
    private mutating func append(_ part: [Unicode.Scalar]) -> Int {
        let width = part[0].columnWidth
        if manners.capabilities.unicode, columns.map({ $0(part[0]) == width }) ?? true {
            for scalar in part { bytes += UTF8.encode(scalar).map(Array.init) ?? [] }
        } else {
            bytes += Array((manners.capabilities.unicode ? "\u{FFFD}" : "?").utf8)
            if width == 2 { bytes.append(UInt8(ascii: " ")) }
        }
        return width
    }

    private mutating func appearance(of style: Style) -> Appearance {
        if let known = appearances[style] { return known }
        let made = theme.resolve(style, manners.capabilities).folded(intoPalette: manners.paletteSize)
        appearances[style] = made
        return made
    }
}

extension Character {
    /// Whether every terminal gives it the same columns: letters of Europe, lines, arrows and blocks, but no emoji,
    /// no joined marks, nothing wide. After any other the cursor is placed anew, so that a name cannot shift a table.
    fileprivate var isMeasuredAlike: Bool {
        guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return false }
        switch scalar.value {
        case 0xA0..<0x300, 0x370..<0x530, 0x2010..<0x2028, 0x2190...0x25FF: return scalar.columnWidth == 1
        default: return false
        }
    }
}
