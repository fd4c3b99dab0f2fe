import FleetModel
import Terminal

/// One column of the table of workers.
enum WorkerColumn: String, CaseIterable {
    case worker, context, state, connections = "conns", share, shareBar = "share_bar", rooms, messagesIn = "in",
        messagesOut = "out", p50, p95, p99, queue, lag, churn, descriptors = "fds", memory = "mem", cpu,
        breaker = "brk", age, history, remark

    var title: SafeText { WorkerTableWords.title(self) }

    private var order: TableColumn.Order? {
        switch self {
        case .worker, .context, .state: .ascending
        case .connections, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn, .descriptors,
            .memory, .cpu, .age, .share, .breaker:
            .descending
        case .shareBar, .history, .remark: nil
        }
    }

    private var isLeftAligned: Bool {
        switch self {
        case .worker, .context, .state, .shareBar, .breaker, .history, .remark: true
        case .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn,
            .descriptors, .memory, .cpu, .age:
            false
        }
    }

    func column(longestName: Int) -> TableColumn {
        TableColumn(
            id: rawValue, title: title, part: part(longestName: longestName), isLeftAligned: isLeftAligned,
            order: order, keepsTail: self == .worker)
    }

    /// What the column asks of the width, and how long it stays when the screen gets narrow.
    private func part(longestName: Int) -> LayoutPart {
        switch self {
        case .worker:
            LayoutPart(minimum: max(6, min(longestName, 14)), maximum: max(6, min(longestName, 28)), priority: 100)
        case .context: LayoutPart(minimum: 8, maximum: 14, priority: 92)
        case .state: .fixed(8, priority: 95)
        case .connections: .fixed(7, priority: 90)
        case .share: .fixed(5, priority: 85)
        case .messagesOut: .fixed(6, priority: 80)
        case .p99: .fixed(5, priority: 75)
        case .lag: .fixed(5, priority: 70)
        case .queue: .fixed(5, priority: 65)
        case .churn: .fixed(6, priority: 60)
        case .p95: .fixed(5, priority: 55)
        case .descriptors: .fixed(4, priority: 50)
        case .breaker: .fixed(4, priority: 48)
        case .history: LayoutPart(minimum: 8, maximum: 60, priority: 46)
        case .messagesIn: .fixed(6, priority: 44)
        case .p50: .fixed(5, priority: 42)
        case .memory: .fixed(5, priority: 40)
        case .age: .fixed(4, priority: 38)
        case .shareBar: LayoutPart(minimum: 6, maximum: 12, priority: 36)
        case .rooms: .fixed(6, priority: 34)
        case .cpu: .fixed(4, priority: 32)
        case .remark: LayoutPart(minimum: 30, maximum: 44, priority: 30)
        }
    }
}
