import AdminAPI
import FleetModel
import Terminal

/// The line above the table of connections: how many there are in all, how many of them were read, and of whom.
struct ConnectionsHead: Widget {
    let page: ConnectionsPage
    let context: PageContext

    private var book: ConnectionBook { page.book }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard book.at != nil else { return }
        buffer.put(
            words, x: area.x + TableLayout.margin, y: area.y,
            style: book.failures.isEmpty ? Style(.dim) : Style(.warning),
            width: area.width - TableLayout.margin - 1, ellipsis: glyphs.ellipsis)
    }

    private var words: SafeText {
        var parts = [
            ConnectionWords.total(
                Figures.exact(book.total), Figures.exact(book.answered), of: Figures.exact(book.asked)),
            ConnectionWords.read(Figures.exact(book.rows.count), book.order),
        ]
        if let failure = book.failures.first {
            parts.insert(
                ConnectionWords.failed(SafeText(failure.worker), SafeText(failure.error.message)), at: 1)
        }
        if !(page.table?.filter.isEverything ?? true) || book.scope.isNarrowedHere {
            parts.append(ConnectionWords.narrowedHere(Figures.exact(book.read)))
        }
        if page.isReadingOn { parts.append(ConnectionWords.readingOn) }
        if book.isFull { parts.append(ConnectionWords.full) }
        return parts.joined(separator: "; ")
    }

    /// What stands in the place of the rows while there are none.
    func emptyWords(filter: RowFilter) -> SafeText {
        guard book.at != nil else {
            if context.isPast { return ConnectionWords.notRecorded }
            if let worker = book.scope.worker, !context.live.askable.contains(worker) {
                return ConnectionWords.cannotBeAsked(SafeText(worker))
            }
            let count = book.scope.worker == nil ? context.live.askable.count : 1
            return count == 0 ? ConnectionWords.nobodyToAsk : ConnectionWords.asking(count)
        }
        if book.answered == 0, let failure = book.failures.first {
            return RoomWords.nobodyAnswered(SafeText(failure.error.message))
        }
        if page.isReadingOn { return ConnectionWords.readingOn }
        if !filter.isEverything {
            return ConnectionWords.noMatch(SafeText(filter.text), Figures.exact(book.rows.count))
        }
        return book.scope == .everything ? ConnectionWords.none : ConnectionWords.none(book.scope.words)
    }
}
