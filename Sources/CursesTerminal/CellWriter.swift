import CNcurses
import Glibc
import Terminal

/// Turns cells into curses' own, with the theme's attributes; colour pairs are made when first needed.
struct CellWriter {
    private let capabilities: TerminalCapabilities
    private var theme: Theme?
    private var pairs: ColorPairs
    private var attributes: [Style: CellAttributes] = [:]
    private var row: [cchar_t] = []

    init(capabilities: TerminalCapabilities) {
        self.capabilities = capabilities
        pairs = ColorPairs(colors: Int(gad_colors()), limit: Int(gad_color_pairs()))
    }

    mutating func apply(_ theme: Theme) {
        self.theme = theme
        attributes.removeAll()
    }

    /// Puts a run of cells where it belongs on curses' screen.
    mutating func write(_ run: BufferDiff.Run, of buffer: CellBuffer) {
        let start = run.y * buffer.size.columns + run.x
        var cells = buffer.cells[start..<start + run.width]
        // The left half is as it was, and curses keeps both halves together.
        while cells.first?.isContinuation == true { cells.removeFirst() }
        row.removeAll(keepingCapacity: true)
        var last: (style: Style, attributes: CellAttributes)?
        for cell in cells where !cell.isContinuation {
            if last?.style != cell.style { last = (cell.style, attributes(of: cell.style)) }
            append(cell.character, last?.attributes ?? .plain)
        }
        wmove(gad_stdscr(), Int32(run.y), Int32(cells.startIndex - start + run.x))
        wadd_wchnstr(gad_stdscr(), row, Int32(row.count))
    }

    private mutating func append(_ character: Character, _ attributes: CellAttributes) {
        if character.utf8.count == 1, let byte = character.utf8.first {
            appendCell([wchar_t(byte < 0x20 ? 0x20 : byte), 0], attributes)
            return
        }
        for part in character.drawnParts { append(part, attributes) }
    }

    /// A scalar that the C library measures otherwise, or cannot show in this locale, gives way to a mark of the same
    /// width, since curses and the terminal would lose count.
    private mutating func append(_ part: [Unicode.Scalar], _ attributes: CellAttributes) {
        let width = part[0].columnWidth
        if Int(gad_columns_of(wchar_t(part[0].value))) == width {
            appendCell(part.map { wchar_t($0.value) } + [0], attributes)
        } else {
            appendCell([capabilities.unicode ? 0xFFFD : 0x3F, 0], attributes)
            if width == 2 { appendCell([0x20, 0], attributes) }
        }
    }

    private mutating func appendCell(_ text: [wchar_t], _ attributes: CellAttributes) {
        var cell = cchar_t()
        gad_set_cell(&cell, text, attributes.bits, attributes.pair)
        row.append(cell)
    }

    private mutating func attributes(of style: Style) -> CellAttributes {
        if let known = attributes[style] { return known }
        let made = pairs.attributes(for: theme?.resolve(style, capabilities) ?? .plain)
        attributes[style] = made
        return made
    }
}

/// Attributes and colours in curses' terms.
struct CellAttributes {
    var bits: attr_t
    var pair: Int32

    static let plain = CellAttributes(bits: 0, pair: 0)
}
