import FleetModel
import Terminal

/// One worker whole: what it is, what it holds, how fast it is, what holds it up, and what is to be said of it.
struct WorkerPage: ConsolePage {
    let worker: WorkerID
    private var scroll = 0

    let kind = PageKind.worker
    var title: SafeText { SafeText(worker) }

    init(_ worker: WorkerID) {
        self.worker = worker
    }

    func selection(_ context: PageContext) -> PageSelection { .worker(worker) }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let view = view(context)
        let isMove = Scrolling.move(
            &scroll, action, lines: view.lineCount(in: body(context.area)), height: body(context.area).height)
        return isMove ? .done : .ignored
    }

    func selectionText(_ context: PageContext) -> SafeText? { title }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(Rule(context.crumbs, notes: notes(context)), in: area.line(0), glyphs: context.glyphs)
        guard context.snapshot.row(of: worker) != nil else {
            buffer.put(
                WorkerPageWords.gone, x: area.x + TableLayout.margin, y: area.y + 1, style: Style(.warning),
                width: area.width - TableLayout.margin, ellipsis: context.glyphs.ellipsis)
            return
        }
        buffer.draw(view(context), in: body(area), glyphs: context.glyphs)
    }

    private func view(_ context: PageContext) -> FactSheetView {
        let sections = context.snapshot.row(of: worker).map {
            WorkerFacts(row: $0, now: context.world.now).sections
        }
        return FactSheetView(sections: sections ?? [], scroll: scroll)
    }

    private func body(_ area: Rect) -> Rect {
        Rect(x: area.x + 1, y: area.y + 1, width: max(0, area.width - 2), height: max(0, area.height - 1))
    }

    private func notes(_ context: PageContext) -> [SafeText] {
        guard let row = context.snapshot.row(of: worker) else { return [] }
        return [row.figures.stateWord]
            + (row.figures.heardAt.map { heardAt in
                row.isLive ? [] : [WorkerPageWords.heard(Figures.span(heardAt.duration(to: context.world.now)))]
            } ?? [])
    }
}
