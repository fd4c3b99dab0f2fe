import FleetModel
import Terminal

/// One worker whole.
struct WorkerPage: ConsolePage {
    let worker: WorkerID

    let kind = PageKind.worker
    var title: SafeText { SafeText(worker) }

    init(_ worker: WorkerID) {
        self.worker = worker
    }

    func selection(_ context: PageContext) -> PageSelection { .worker(worker) }

    func perform(_ action: Action, _ context: PageContext) -> PageAnswer { .ignored }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(Rule(context.crumbs), in: area.line(0), glyphs: context.glyphs)
    }
}
