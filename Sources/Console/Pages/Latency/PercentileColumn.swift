import FleetModel
import Terminal

/// One column of the table of percentiles.
enum PercentileColumn: String, CaseIterable {
    case name, p50, p90, p95, p99, p999, maximum = "max", count, late

    var title: SafeText { LatencyWords.title(self) }

    /// nil for the columns that are no percentile.
    var quantile: Double? {
        switch self {
        case .p50: 0.5
        case .p90: 0.9
        case .p95: 0.95
        case .p99: 0.99
        case .p999: 0.999
        case .name, .maximum, .count, .late: nil
        }
    }

    func column(longestName: Int) -> TableColumn {
        TableColumn(
            id: rawValue, title: title, part: part(longestName: longestName), isLeftAligned: self == .name,
            order: self == .name ? .ascending : .descending, keepsTail: self == .name)
    }

    private func part(longestName: Int) -> LayoutPart {
        switch self {
        case .name: LayoutPart(minimum: 12, maximum: max(12, min(longestName, 28)), priority: 100)
        case .p50: .fixed(6, priority: 90)
        case .p99: .fixed(6, priority: 88)
        case .p95: .fixed(6, priority: 86)
        case .p999: .fixed(7, priority: 70)
        case .maximum: .fixed(6, priority: 75)
        case .count: .fixed(9, priority: 80)
        case .p90: .fixed(6, priority: 60)
        case .late: .fixed(6, priority: 65)
        }
    }
}
