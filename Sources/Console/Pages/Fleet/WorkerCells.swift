import FleetModel
import Terminal

/// The cells of one worker's row; what exceeds a limit is set off in the cell that shows it.
struct WorkerCells {
    let row: WorkerRow
    let sample: WorkerSample
    let now: UnixTime
    /// What a full bar of shares stands for.
    let largestShare: Double
    let highlightsChanges: Bool

    private var figures: WorkerFigures { row.figures }

    func cell(_ column: WorkerColumn) -> TableCell {
        switch column {
        case .shareBar:
            .bar(
                (figures.share ?? 0) / largestShare, Style(row.severity(of: .hot) > .fine ? .warning : .bar))
        case .history: .spark(figures.outHistory)
        case .worker, .context, .state, .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99,
            .queue, .lag,
            .churn, .descriptors, .memory, .cpu, .breaker, .age, .remark:
            TableCell(text(column), style(column))
        }
    }

    private func text(_ column: WorkerColumn) -> SafeText {
        switch column {
        case .worker: row.name
        case .context: row.id.context.map { SafeText($0) } ?? Figures.none
        case .state: figures.stateWord
        case .connections: Figures.grouped(sample.connections)
        case .share: figures.share.map(Figures.percent) ?? Figures.none
        case .rooms: Figures.grouped(sample.rooms)
        case .messagesIn: Figures.rate(figures.rates.messagesInPerSecond)
        case .messagesOut: Figures.rate(figures.rates.messagesOutPerSecond)
        case .p50: Figures.milliseconds(figures.p50)
        case .p95: Figures.milliseconds(figures.p95)
        case .p99: Figures.milliseconds(figures.p99)
        case .queue: Figures.bytes(sample.queueBytes)
        case .lag: Figures.milliseconds(sample.loopLag)
        case .churn: churn
        case .descriptors: Figures.percent(figures.fdsPart)
        case .memory: Figures.bytes(sample.memory)
        case .cpu: Figures.percent(figures.rates.cpu)
        case .breaker: figures.breaker.map { ResilienceWords.state($0.state) } ?? Figures.none
        case .age: Figures.age(sample.startedAt.duration(to: now))
        case .remark: row.findings.first?.remark ?? ""
        case .shareBar, .history: ""
        }
    }

    private func style(_ column: WorkerColumn) -> Style {
        switch column {
        case .worker: Style(row.severity.style.role, bold: true)
        case .state: state
        case .connections: hasChanged(.connections) ? Style(.changed) : .normal
        case .share: raised(.hot)
        case .rooms: hasChanged(.rooms) ? Style(.changed) : .normal
        case .p95, .p99: raised(.latency)
        case .lag: raised(.lag)
        case .churn: raised(.churn)
        case .descriptors: raised(.descriptors)
        case .breaker: breakerStyle
        case .remark: row.severity >= .warning ? row.severity.style : Style(.dim)
        case .context, .messagesIn, .messagesOut, .p50, .queue, .memory, .cpu: .normal
        case .age, .shareBar, .history: Style(.dim)
        }
    }

    private func hasChanged(_ change: WorkerRow.Changes) -> Bool { highlightsChanges && row.changes.contains(change) }

    /// A star marks churn that is mostly planned.
    private var churn: SafeText {
        let isPlanned = figures.plannedChurn > 0 && figures.plannedChurn >= figures.churn / 2
        guard figures.churn > 0 else { return "0 " }
        // Tenths beside two digits before the point would leave no column for the mark.
        let part = figures.churn < 0.0995 ? Figures.tenths(percent: figures.churn) : Figures.percent(figures.churn)
        return part + (isPlanned ? "*" : " ")
    }

    private var breakerStyle: Style {
        switch figures.breaker?.state {
        case nil: Style(.dim)
        case .closed: hasChanged(.breaker) ? Style(.changed) : Style(.good)
        case .halfOpen: Style(.warning)
        case .open: Style(.critical)
        }
    }

    private var state: Style {
        if let impairment = figures.impairment { return impairment.severity.style }
        if hasChanged(.state) { return Style(.changed) }
        switch sample.state {
        case .active: return Style(.good)
        case .starting, .draining, .drained, .stopping: return Style(.accent)
        }
    }

    private func raised(_ kind: Finding.Kind) -> Style { row.severity(of: kind).style }
}
