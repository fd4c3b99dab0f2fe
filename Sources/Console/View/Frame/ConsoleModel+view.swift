import FleetModel
import Terminal

extension ConsoleModel {
    /// The screen as it should be at this moment; cheap, because only what is visible is formatted.
    package func view() -> CellBuffer {
        var buffer = CellBuffer(size: size)
        if isTerse {
            buffer.draw(TerseView(model: self), in: buffer.bounds, glyphs: glyphs)
            return buffer
        }
        let layout = layout
        drawPages(into: &buffer)
        buffer.draw(HeaderView(model: self), in: layout.header, glyphs: glyphs)
        if let pinned = layout.pinned {
            buffer.draw(Rule(PageWords.underWay), in: pinned.line(0), glyphs: glyphs)
            let view = PinnedView(
                lines: pinnedLines, now: isReplay ? present.now : now, workersTime: present.fleet.workersTime)
            buffer.draw(view, in: pinned.withoutFirstRow, glyphs: glyphs)
        }
        if let overlay { draw(overlay, into: &buffer, in: layout.page) }
        buffer.draw(KeyLineView(model: self), in: layout.keys, glyphs: glyphs)
        return buffer
    }

    /// Where the terminal's cursor belongs; nil while nothing is typed.
    package var cursor: (x: Int, y: Int)? {
        guard !isTerse, let overlay else { return nil }
        switch overlay {
        case .filter, .command, .export, .jump: return KeyLineView(model: self).cursor(in: layout.keys)
        case .act(let form): return ActFormView(form: form, user: user).cursor(in: layout.page)
        case .delivery, .columns, .menu, .quitting: return nil
        }
    }

    private func drawPages(into buffer: inout CellBuffer) {
        pages.top.draw(into: &buffer, in: topContext.area, topContext)
        guard let second else { return }
        second.page.draw(into: &buffer, in: secondContext.area, secondContext)
    }

    private func draw(_ overlay: Overlay, into buffer: inout CellBuffer, in area: Rect) {
        switch overlay {
        case .filter, .export, .jump: break
        case .command(let line): buffer.draw(CompletionView(line: line), in: area, glyphs: glyphs)
        case .act(let form): buffer.draw(ActFormView(form: form, user: user), in: area, glyphs: glyphs)
        case .delivery(let box): buffer.draw(DeliveryView(box: box), in: area, glyphs: glyphs)
        case .columns(let chooser):
            let view = ColumnChooserView(
                chooser: chooser, preferences: page.table?.preferences ?? TableState.Preferences())
            buffer.draw(view, in: area, glyphs: glyphs)
        case .menu(let opensBelow):
            buffer.draw(PageMenuView(opensBelow: opensBelow), in: area, glyphs: glyphs)
        case .quitting: buffer.draw(QuitQuestionView(operations: ledOperations), in: area, glyphs: glyphs)
        }
    }
}

// MARK: - Places

extension ConsoleModel {
    var glyphs: Glyphs { .suited(to: capabilities) }

    var isTerse: Bool { size.columns < TerseView.leastSize.columns || size.rows < TerseView.leastSize.rows }

    var layout: FrameLayout { FrameLayout(size: size, pinned: pinnedLines.count) }

    /// What runs first, then errors, then what waits for an answer, then drains.
    var pinnedLines: [PinnedLine] {
        let running = present.operations.records.filter { $0.outcome == nil }.map(PinnedLine.operation)
        let failed = acts.failed.map(PinnedLine.failed)
        let pending = acts.pending.map(PinnedLine.pending)
        return running + failed + pending + present.snapshot.drains.map(PinnedLine.drain)
    }
}

// MARK: - What tests and the header ask

extension ConsoleModel {
    /// The worker that keys on the fleet's page act on; nil when none is shown.
    package var selected: WorkerID? { pages.root.selectedWorker(topContext) }

    /// The workers of the fleet's page, from the top.
    package var orderedWorkers: [WorkerID] {
        pages.root.workers.order.compactMap {
            shown.snapshot.rows.indices.contains($0) ? shown.snapshot.rows[$0].id : nil
        }
    }

    package var marked: Set<WorkerID> { Set(pages.root.workers.marked.map { WorkerID($0) }) }
    package var focus: Focus { pages.root.focus }
    package var filter: RowFilter { pages.root.workers.filter }
    /// The column that the fleet's page is sorted by; nil for trouble.
    package var sort: String? { pages.root.workers.preferences.sort }
    package var fleet: Fleet { live.fleet }
    package var log: EventLog { live.log }
    package var operations: OperationBoard { live.operations }
    package var pageKind: PageKind { page.kind }
}
