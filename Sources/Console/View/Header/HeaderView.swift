import AdminAPI
import FleetModel
import Terminal

/// The lines that answer whether anything is wrong, how big and how busy the fleet is, and how it holds out.
struct HeaderView: Widget {
    let model: ConsoleModel

    private var snapshot: Snapshot { model.shown.snapshot }
    private var totals: FleetTotals { model.shown.snapshot.totals }

    /// The health needs this much before figures beside it may take room; while something is wrong, what the worst
    /// of it takes, up to a part of the line.
    private static let leastHealth = 34
    private static let troubledPart = 0.55

    private var healthWidth: Int {
        // Which time it is matters more than all of what was wrong then.
        guard model.past == nil, snapshot.health.troubles > 0, let worst = snapshot.health.findings.first else {
            return Self.leastHealth
        }
        let most = Int(Double(model.size.columns) * Self.troubledPart)
        return max(Self.leastHealth, min(HealthLine.badgeWidth + worst.sentence.columnWidth, most))
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let right = area.x + area.width - 1
        let size = FigureLine(figures: sizeFigures)
        let width = size.columnWidth(in: sizeWidth)
        let start = right - width
        drawHealth(into: &buffer, in: area, until: start - 2, glyphs)
        buffer.draw(size, in: Rect(x: start, y: area.y, width: width, height: 1), glyphs: glyphs)
        let flows = Rect(x: area.x + 1, y: area.y + 1, width: area.width - 2, height: 1)
        if let lever = model.present.operations.safety, lever.engaged {
            drawLever(lever, into: &buffer, in: flows, glyphs)
        } else {
            buffer.draw(FigureLine(figures: flowFigures), in: flows, glyphs: glyphs)
        }
        guard area.height > 2 else { return }
        let line = FigureLine(figures: ResilienceFigures(snapshot: snapshot).figures)
        buffer.draw(line, in: Rect(x: flows.x, y: area.y + 2, width: flows.width, height: 1), glyphs: glyphs)
    }

    /// What the figures of the first line may take.
    private var sizeWidth: Int { max(0, model.size.columns - nameEnd - healthWidth - 2) }

    /// The program's name goes where there is room for it; the fleet's stays.
    private var names: [(SafeText, Style)] {
        let program = HeaderWords.program
        let fleet = (model.fleetName, Style(.normal, bold: true))
        return isNarrow ? [fleet] : [(program, Style(.title)), fleet]
    }

    private var isNarrow: Bool { model.size.columns < 100 }

    private var fleetWidth: Int { max(8, model.size.columns / 6) }

    private var nameEnd: Int { names.reduce(1) { $0 + min($1.0.columnWidth, fleetWidth) + 2 } }

    private func drawHealth(into buffer: inout CellBuffer, in area: Rect, until end: Int, _ glyphs: Glyphs) {
        var x = area.x + 1
        for (name, style) in names {
            let width = min(name.columnWidth, fleetWidth)
            buffer.put(name, x: x, y: area.y, style: style, width: width, ellipsis: glyphs.ellipsis)
            x += width + 2
        }
        let health = HealthLine(snapshot.health)
        buffer.draw(health, in: Rect(x: x, y: area.y, width: max(0, end - x), height: 1), glyphs: glyphs)
    }

    /// Over the flows: while nothing can be started, everybody must see why.
    private func drawLever(
        _ lever: SafetyState, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        let x = buffer.put(
            HeaderWords.lever, x: area.x, y: area.y, style: Style(.critical, bold: true, reverse: true),
            width: area.width)
        buffer.put(
            HeaderWords.blocked(OperationWords.lever(lever)), x: x + 1, y: area.y,
            style: Style(.critical), width: area.x + area.width - x - 1, ellipsis: glyphs.ellipsis)
    }

    private var sizeFigures: [Figure] {
        let workers: SafeText =
            totals.stale > 0 ? "\(totals.workers - totals.stale)/\(totals.workers)" : "\(totals.workers)"
        return [
            Figure(value: workers, unit: HeaderWords.workers(totals.workers), priority: 2),
            Figure(
                value: Figures.grouped(totals.connections), unit: HeaderWords.connections, valueWidth: isNarrow ? 0 : 6,
                priority: 4),
            unheard, recording, clock,
        ].compactMap { $0 }
    }

    /// Clients of workers that do not answer: they may be there all the same.
    private var unheard: Figure? {
        guard totals.unheardConnections > 0 else { return nil }
        return Figure(
            value: "+\(Figures.grouped(totals.unheardConnections))", unit: HeaderWords.unheard, style: Style(.critical),
            priority: 3)
    }

    private var clock: Figure {
        guard let past = model.past else {
            return Figure(value: SafeText(model.now.clockText), unit: HeaderWords.utc, style: Style(.dim), priority: 1)
        }
        let time = TimeFigure(past: past, now: model.now, room: sizeWidth)
        return Figure(value: time.text, style: Style(.accent, bold: true, reverse: true), priority: 5)
    }

    private var recording: Figure? {
        model.recording.map {
            Figure(
                label: TimeWords.recording, value: Figures.bytes($0.size), style: Style(.accent, bold: true),
                priority: 4)
        }
    }
}

// MARK: - Flows

extension HeaderView {
    private var flowFigures: [Figure] {
        [
            Figure(
                label: HeaderWords.messagesIn, value: Figures.rate(totals.rates.messagesInPerSecond) + "/s",
                valueWidth: 7, priority: 8),
            Figure(
                label: HeaderWords.messagesOut, value: Figures.rate(totals.rates.messagesOutPerSecond) + "/s",
                valueWidth: 7,
                priority: 9),
            spark, latency(HeaderWords.p50, snapshot.p50, priority: 6),
            latency(HeaderWords.p95, snapshot.p95, priority: 7),
            latency(HeaderWords.p99, snapshot.p99, priority: 10), churn, errors, drops,
        ]
    }

    private func latency(_ label: SafeText, _ value: Duration?, priority: Int) -> Figure {
        let limit = label == HeaderWords.p99 ? HealthLimits.p99 : HealthLimits.p95
        let isSlow = totals.latency.count >= HealthLimits.leastMessages && (value ?? .zero) > limit
        return Figure(
            label: label, value: Figures.latency(value), valueWidth: 6, style: isSlow ? Style(.warning) : .normal,
            priority: priority)
    }

    private var churn: Figure {
        let planned = totals.plannedChurnPerMinute
        let isHigh = totals.churnPerMinute - planned > HealthLimits.churn
        let mark: SafeText = planned > 0 && planned >= totals.churnPerMinute / 2 ? "*" : ""
        return Figure(
            label: HeaderWords.churn, value: HeaderWords.aMinute(Figures.tenths(percent: totals.churnPerMinute), mark),
            unit: planned > 0 && model.size.columns >= Self.roomy
                ? HeaderWords.planned(Figures.tenths(percent: planned)) : "",
            valueWidth: 8,
            style: isHigh ? Style(.warning) : .normal, priority: 7)
    }

    private var errors: Figure {
        let rate = totals.rates.errorsPerSecond
        return Figure(
            label: HeaderWords.errors, value: Figures.rate(rate) + "/s", valueWidth: 3, priority: rate > 0 ? 8 : 5)
    }

    private var drops: Figure {
        let rate = totals.rates.droppedPerSecond
        let value: SafeText = rate > 0 ? Figures.rate(rate) + "/s" : Figures.grouped(Int(clamping: totals.dropped))
        return Figure(
            label: HeaderWords.dropped, value: value, style: rate > 0 ? Style(.warning) : .normal,
            priority: rate > 0 ? 8 : 4)
    }

    /// Messages out a second over the last minute, beside their figure.
    private var spark: Figure {
        let width = model.size.columns >= Self.wide ? 30 : 10
        return Figure(value: "", valueWidth: width, priority: 3, history: snapshot.outHistory)
    }

    /// From these widths on there is room for words beside figures.
    private static let roomy = 110
    private static let wide = 160
}
