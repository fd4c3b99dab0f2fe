import FleetModel
import Terminal

extension ConsoleModel {
    /// The screen as it should be at this moment; cheap, because only what is visible is formatted.
    package func view() -> CellBuffer {
        var buffer = CellBuffer(size: size)
        if isTerse {
            buffer.draw(TerseView(model: self), in: buffer.bounds, glyphs: glyphs)
        } else {
            buffer.draw(HeaderView(model: self), in: layout.header, glyphs: glyphs)
            draw(mode, into: &buffer)
            buffer.draw(KeyLineView(model: self), in: layout.keys, glyphs: glyphs)
        }
        return buffer
    }

    /// Where the terminal's cursor belongs; nil while nothing is typed.
    package var cursor: (x: Int, y: Int)? {
        guard !isTerse else { return nil }
        switch mode {
        case .overview, .help, .events, .operations, .quitting: return nil
        case .filter: return KeyLineView(model: self).cursor(in: layout.keys)
        case .act(let form, _): return ActFormView(form: form, user: user).cursor(in: page)
        }
    }

    private func draw(_ mode: Mode, into buffer: inout CellBuffer) {
        switch mode {
        case .overview, .filter:
            drawOverview(into: &buffer)
        case .help(let scroll):
            buffer.draw(HelpView(keymap: keymap, scroll: scroll), in: page, glyphs: glyphs)
        case .events(let scroll):
            buffer.draw(EventsView(log: shownLog, scroll: scroll, title: "all events"), in: page, glyphs: glyphs)
        case .operations(let page):
            buffer.draw(OperationsView(model: self, place: page), in: self.page, glyphs: glyphs)
        case .act(let form, let below):
            draw(below, into: &buffer)
            buffer.draw(ActFormView(form: form, user: user), in: page, glyphs: glyphs)
        case .quitting:
            drawOverview(into: &buffer)
            buffer.draw(QuitQuestionView(operations: ledOperations), in: page, glyphs: glyphs)
        }
    }

    private func drawOverview(into buffer: inout CellBuffer) {
        let layout = layout
        buffer.draw(WorkerTableView(model: self, layout: layout), in: layout.workers.body, glyphs: glyphs)
        buffer.draw(workersRule, in: layout.workers.rule, glyphs: glyphs)
        if let section = layout.pinned {
            buffer.draw(Rule("under way"), in: section.rule, glyphs: glyphs)
            buffer.draw(
                PinnedView(lines: pinnedLines, now: now, workersTime: fleet.workersTime), in: section.body,
                glyphs: glyphs)
        }
        if let section = layout.rooms {
            buffer.draw(RoomTableView(model: self), in: section.body.union(section.rule), glyphs: glyphs)
        }
        if let section = layout.events {
            let view = EventsView(log: shownLog, scroll: 0, title: "events")
            buffer.draw(view, in: section.body.union(section.rule), glyphs: glyphs)
        }
    }
}

// MARK: - Places

extension ConsoleModel {
    var glyphs: Glyphs { .suited(to: capabilities) }

    var isTerse: Bool { size.columns < TerseView.leastSize.columns || size.rows < TerseView.leastSize.rows }

    var layout: OverviewLayout {
        let demand = OverviewLayout.Demand(
            workers: order.isEmpty ? NoWorkersView.lineCount : order.count, pinned: pinnedLines.count,
            rooms: shown.rooms.rows.count)
        return OverviewLayout(size: size, demand: demand)
    }

    /// What lies between the header and the keys.
    private var page: Rect {
        let header = layout.header.height
        return Rect(x: 0, y: header, width: size.columns, height: max(0, size.rows - header - 1))
    }

    /// How far the page that is read can be scrolled.
    var readableLines: Int {
        switch mode {
        case .overview, .filter, .operations, .act, .quitting: 0
        case .help: max(0, HelpView(keymap: keymap, scroll: 0).lineCount(width: page.width) - page.height + 1)
        case .events: max(0, shownLog.lines.count - page.height + 1)
        }
    }

    /// What runs first, then errors, then what waits for an answer, then drains.
    var pinnedLines: [PinnedLine] {
        let running = operations.records.filter { $0.outcome == nil }.map(PinnedLine.operation)
        let failed = acts.failed.map(PinnedLine.failed)
        let pending = acts.pending.map(PinnedLine.pending)
        return running + failed + pending + shown.drains.map(PinnedLine.drain)
    }

    private var workersRule: Rule {
        let rows = shown.rows.count
        let mark: SafeText = sort.ascends ? SafeText(String(glyphs.ascending)) : SafeText(String(glyphs.descending))
        var notes: [SafeText] = ["sort \(sort.key.words) \(mark)", "\(order.count) of \(rows)"]
        if !filter.isEverything { notes.insert("filter \(SafeText(filter.text))", at: 0) }
        if !marked.isEmpty { notes.insert("\(marked.count) marked", at: 0) }
        if isFollowing, let selected { notes.insert("following \(selected)", at: 0) }
        if let range = scrolledRange { notes.append(range) }
        return Rule("workers", notes: notes)
    }

    /// "rows 12-40" while not all fit.
    private var scrolledRange: SafeText? {
        let height = layout.workerRows.height
        guard order.count > height, height > 0 else { return nil }
        return "rows \(workerScroll + 1)-\(min(workerScroll + height, order.count))"
    }
}

extension Rect {
    func union(_ rule: Rect) -> Rect { Rect(x: x, y: rule.y, width: width, height: height + y - rule.y) }
}
