import FleetModel
import Terminal

/// The workers of a fleet as a table.
struct WorkerTable: TableSource {
    let snapshot: Snapshot
    let highlightsChanges: Bool
    let columns: [TableColumn]
    /// What each column is of, in the order of `columns`.
    private let kinds: [WorkerColumn]
    /// By which trouble is sorted; made once, because each row's depends on all.
    private let troubles: [Double]

    /// - Parameter hasContexts: workers are of several contexts, which then have a column.
    init(_ snapshot: Snapshot, highlightsChanges: Bool, hasContexts: Bool = false) {
        self.snapshot = snapshot
        self.highlightsChanges = highlightsChanges
        kinds = hasContexts ? WorkerColumn.allCases : WorkerColumn.allCases.filter { $0 != .context }
        columns = kinds.map { $0.column(longestName: snapshot.longestName) }
        troubles = Self.troubles(of: snapshot.rows)
    }

    var rowCount: Int { snapshot.rows.count }
    var naturalOrder: NaturalOrder? { NaturalOrder(words: WorkerTableWords.trouble, ascends: false) }

    func id(_ row: Int) -> String { snapshot.rows[row].id.rawValue }
    func naturalKey(_ row: Int) -> Double { troubles[row] }
    func severity(_ row: Int) -> Severity { snapshot.rows[row].severity }

    func key(_ row: Int, _ column: Int) -> SortValue {
        switch kinds[column] {
        // The rows are in the order of the names.
        case .worker: .number(Double(row))
        case .context: .text(snapshot.rows[row].id.context ?? "")
        case let kind: .number(snapshot.rows[row].figures.value(of: kind))
        }
    }

    func words(_ row: Int) -> [String] {
        let row = snapshot.rows[row]
        let sample = row.figures.sample
        return [row.name.text, sample?.node ?? "", row.figures.stateWord.text, sample?.state.rawValue ?? ""]
    }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let row = snapshot.rows[row]
        guard row.isLive, let sample = row.sample else { return silentCell(row, kinds[column]) }
        return WorkerCells(
            row: row, sample: sample, now: snapshot.time, largestShare: snapshot.largestShare,
            highlightsChanges: highlightsChanges
        ).cell(kinds[column])
    }

    /// Severity first; within one severity by connections in steps of a quarter of the mean, so that even workers do
    /// not change places with every client.
    private static func troubles(of rows: [WorkerRow]) -> [Double] {
        let connections = rows.map { Double($0.connections ?? 0) }
        let step = max(1, connections.reduce(0, +) / Double(max(rows.count, 1)) / 4)
        return rows.indices.map { index in
            let steps = min((connections[index] / step).rounded(), maximumSteps)
            return Double(rows[index].severity.rawValue) * (maximumSteps + 1) + steps
        }
    }

    private static let maximumSteps = 1e6
}

// MARK: - Workers that do not speak

extension WorkerTable {
    /// Name, state and last known connections in their places; then, over the other columns, what is the matter.
    func remark(_ row: Int) -> TableRemark? {
        let row = snapshot.rows[row]
        guard !(row.isLive && row.sample != nil) else { return nil }
        return TableRemark(
            afterColumns: Self.shownWhenSilent, words: row.findings.first?.detail ?? "", style: Style(.stale))
    }

    private static let shownWhenSilent: Set = Set(
        [WorkerColumn.worker, .context, .state, .connections].map(\.rawValue))

    private func silentCell(_ row: WorkerRow, _ column: WorkerColumn) -> TableCell {
        switch column {
        case .worker: TableCell(row.name, Style(.stale))
        case .context: TableCell(row.id.context.map { SafeText($0) } ?? Figures.none, Style(.stale))
        case .state: TableCell(row.figures.stateWord, row.isStale ? row.severity.style : Style(.stale))
        case .connections: TableCell(row.connections.map(Figures.grouped) ?? Figures.none, Style(.stale))
        case .share, .shareBar, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn,
            .descriptors, .memory, .cpu, .breaker, .age, .history, .remark:
            TableCell("")
        }
    }
}

// MARK: - Sorting

extension WorkerFigures {
    /// By what a column sorts; what is not known is less than everything.
    fileprivate func value(of column: WorkerColumn) -> Double {
        switch column {
        case .worker, .context, .shareBar, .history, .remark: 0
        case .state: Double(stateOrder)
        case .connections: Double(heard?.value.connections ?? -1)
        case .share: share ?? -1
        case .rooms: Double(heard?.value.rooms ?? -1)
        case .messagesIn: rates.messagesInPerSecond
        case .messagesOut: rates.messagesOutPerSecond
        case .p50: p50?.inSeconds ?? -1
        case .p95: p95?.inSeconds ?? -1
        case .p99: p99?.inSeconds ?? -1
        case .queue: Double(heard?.value.queueBytes.bytes ?? -1)
        case .lag: heard?.value.loopLag.inSeconds ?? -1
        case .churn: churn
        case .descriptors: fdsPart
        case .memory: Double(heard?.value.memory.bytes ?? -1)
        case .cpu: rates.cpu
        case .breaker: breakerOrder
        case .age: Double(heard.map { $0.value.startedAt.microseconds } ?? .max) * -1
        }
    }

    private var breakerOrder: Double {
        switch breaker?.state {
        case nil: -1
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }

    private var stateOrder: Int {
        guard link == .live, let state = heard?.value.state else { return WorkerState.allCases.count }
        return WorkerState.allCases.firstIndex(of: state) ?? 0
    }
}
