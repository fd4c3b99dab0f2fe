import FleetModel
import Terminal

/// The percentiles of the fleet, of each class, and of each live worker, all from merged histograms.
struct PercentileTable: TableSource {
    struct Row {
        let id: String
        let name: SafeText
        let histogram: LatencyHistogram
        /// nil for a row that stands for more than one worker.
        var worker: WorkerRow?
        /// The workers tell what the row is of.
        var isKnown = true
    }

    let rows: [Row]
    let columns: [TableColumn]

    /// - Parameter window: what all workers recorded in the last seconds, by class.
    init(_ snapshot: Snapshot, _ window: LatencyFlow.Share) {
        let fleet = Row(id: "fleet", name: LatencyWords.fleet, histogram: snapshot.totals.latency)
        let isTold = window.classified.count > 0 || window.all.count == 0
        let classes = Criticality.allCases.map {
            Row(
                id: "class \($0.rawValue)", name: LatencyWords.criticality($0), histogram: window.histogram(of: $0),
                isKnown: isTold)
        }
        let workers = snapshot.rows.lazy.filter(\.isLive).map {
            Row(id: "worker \($0.id.rawValue)", name: $0.name, histogram: $0.figures.latency, worker: $0)
        }
        rows = [fleet] + classes + workers
        columns = PercentileColumn.allCases.map { $0.column(longestName: snapshot.longestName) }
    }

    var rowCount: Int { rows.count }
    func id(_ row: Int) -> String { rows[row].id }
    func words(_ row: Int) -> [String] { [rows[row].name.text] }
    func severity(_ row: Int) -> Severity { rows[row].worker?.severity(of: .latency) ?? .fine }

    func row(_ id: String?) -> Row? { rows.first { $0.id == id } }

    func key(_ row: Int, _ column: Int) -> SortValue {
        let (column, row) = (PercentileColumn.allCases[column], rows[row])
        switch column {
        case .name: return .text(row.name.text)
        case .count: return .number(Double(row.histogram.count))
        case .late: return .number(row.histogram.part(over: HealthLimits.p95))
        case .p50, .p90, .p95, .p99, .p999, .maximum:
            return .number(duration(row, column)?.inSeconds ?? -1)
        }
    }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let (column, row) = (PercentileColumn.allCases[column], rows[row])
        switch column {
        case .name: return TableCell(row.name, Style(row.worker == nil ? .header : .normal, bold: row.worker != nil))
        case .count: return TableCell(row.isKnown ? Figures.grouped(Int(clamping: row.histogram.count)) : Figures.none)
        case .late: return late(row)
        case .p50, .p90, .p95, .p99, .p999, .maximum:
            guard let duration = duration(row, column) else { return TableCell(Figures.none, Style(.dim)) }
            return TableCell(Figures.milliseconds(duration), style(column, duration))
        }
    }

    /// Messages beyond the limit; none is said by a dash.
    private func late(_ row: Row) -> TableCell {
        let part = row.histogram.part(over: HealthLimits.p95)
        guard part > 0 else { return TableCell(Figures.none, Style(.dim)) }
        return TableCell(Figures.tenths(percent: part), Style(.warning))
    }

    private func duration(_ row: Row, _ column: PercentileColumn) -> Duration? {
        guard row.isKnown else { return nil }
        return column.quantile.map(row.histogram.quantile) ?? row.histogram.maximum
    }

    private func style(_ column: PercentileColumn, _ duration: Duration) -> Style {
        switch column {
        case .p50, .p90, .p95: duration > HealthLimits.p95 ? Style(.critical, bold: true) : .normal
        case .p99: duration > HealthLimits.p99 ? Style(.warning, bold: true) : .normal
        case .p999, .maximum: duration > HealthLimits.p99 ? Style(.warning) : .normal
        case .name, .count, .late: .normal
        }
    }
}
