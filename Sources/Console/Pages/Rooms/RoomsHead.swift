import FleetModel
import Terminal

/// The line above the table of rooms: what there is in all, listed or not, and who has told of it.
struct RoomsHead: Widget {
    let page: RoomsPage
    let context: PageContext

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let (words, style) = line
        buffer.put(
            words, x: area.x + TableLayout.margin, y: area.y, style: style,
            width: area.width - TableLayout.margin - 1, ellipsis: glyphs.ellipsis)
    }

    /// For the rule.
    var notes: [SafeText] {
        switch page.mode {
        case .largest: return [RoomWords.largest]
        case .byName:
            let isHere = page.walk.pattern == nil && !(page.table?.filter.isEverything ?? true)
            let all = page.walk.pattern.map { RoomWords.pattern(SafeText($0)) } ?? RoomWords.byName
            return (isHere ? [RoomWords.thisPageOnly] : []) + [all, RoomWords.page(page.walk.number)]
        }
    }

    private var line: (SafeText, Style) {
        switch page.mode {
        case .largest: (held, Style(.dim))
        case .byName: byName
        }
    }

    private var held: SafeText {
        let rooms = context.snapshot.rows.lazy.filter(\.isLive).compactMap { $0.sample?.rooms }
        guard let least = rooms.min(), let most = rooms.max() else { return "" }
        let words = [
            RoomWords.held(
                Figures.exact(rooms.count), Figures.exact(least), Figures.exact(most), Figures.exact(rooms.reduce(0, +))
            ),
            RoomWords.listed(context.snapshot.rooms.rows.count),
        ]
        return (context.snapshot.rooms.rows.contains(where: \.isLowerBound) ? words + [RoomWords.lowerBound] : words)
            .joined(separator: "; ")
    }

    private var byName: (SafeText, Style) {
        guard let merged = page.merged else { return ("", .normal) }
        let bounds = merged.bounds
        let total =
            bounds.least == bounds.most
            ? RoomWords.matching(Figures.exact(bounds.least))
            : RoomWords.matching(Figures.exact(bounds.least), Figures.exact(bounds.most))
        var parts = [
            RoomWords.answered(Figures.exact(merged.answered), of: Figures.exact(merged.asked)), total,
            RoomWords.from(page.walk.after),
        ]
        if let failure = merged.failures.first {
            parts.insert(RoomWords.failed(SafeText(failure.worker), SafeText(failure.error.message)), at: 1)
        }
        return (parts.joined(separator: "; "), merged.failures.isEmpty ? Style(.dim) : Style(.warning))
    }

    /// What stands in the place of the rows while there are none.
    func emptyWords(filter: RowFilter) -> SafeText {
        if page.mode == .byName {
            guard let merged = page.merged else {
                if context.isPast { return RoomWords.notRecorded }
                let count = context.live.askable.count
                return count == 0 ? RoomWords.nobodyToAsk : RoomWords.asking(count)
            }
            if merged.answered == 0, let failure = merged.failures.first {
                return RoomWords.nobodyAnswered(SafeText(failure.error.message))
            }
        }
        return filter.isEverything ? RoomWords.noRoom : RoomWords.noMatch(SafeText(filter.text))
    }
}
