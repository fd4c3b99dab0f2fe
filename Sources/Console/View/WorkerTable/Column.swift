import FleetModel
import Terminal

/// One column of the worker table.
enum Column: CaseIterable {
    case worker, state, connections, share, shareBar, rooms, messagesIn, messagesOut, p50, p95, p99
    case queue, lag, churn, descriptors, memory, cpu, breaker, age, history, remark

    var title: SafeText {
        switch self {
        case .worker: "WORKER"
        case .state: "STATE"
        case .connections: "CONNS"
        case .share: "SHARE"
        case .shareBar: ""
        case .rooms: "ROOMS"
        case .messagesIn: "IN/S"
        case .messagesOut: "OUT/S"
        case .p50: "P50ms"
        case .p95: "P95ms"
        case .p99: "P99ms"
        case .queue: "QUEUE"
        case .lag: "LAGms"
        case .churn: "CHURN"
        case .descriptors: "FDS"
        case .memory: "MEM"
        case .cpu: "CPU"
        case .breaker: "BRK"
        case .age: "AGE"
        case .history: "LAST MIN"
        case .remark: "REMARK"
        }
    }

    var sortKey: SortKey? {
        switch self {
        case .worker: .worker
        case .state: .state
        case .connections: .connections
        case .rooms: .rooms
        case .messagesIn: .messagesIn
        case .messagesOut: .messagesOut
        case .p50: .p50
        case .p95: .p95
        case .p99: .p99
        case .queue: .queue
        case .lag: .lag
        case .churn: .churn
        case .descriptors: .descriptors
        case .memory: .memory
        case .cpu: .cpu
        case .age: .age
        case .share, .shareBar, .breaker, .history, .remark: nil
        }
    }

    var isLeftAligned: Bool {
        switch self {
        case .worker, .state, .shareBar, .breaker, .history, .remark: true
        case .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn,
            .descriptors, .memory, .cpu, .age:
            false
        }
    }

    /// What the column asks of the width, and how long it stays when the screen gets narrow.
    func part(longestName: Int) -> LayoutPart {
        switch self {
        case .worker:
            LayoutPart(minimum: max(6, min(longestName, 14)), maximum: max(6, min(longestName, 28)), priority: 100)
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

/// The columns that fit a width, from left to right.
struct ColumnSet {
    struct Placed {
        let column: Column
        let x: Int
        let width: Int
    }

    let columns: [Placed]

    /// The pointer, the mark of the severity and that of the operator stand before the first column.
    static let margin = 3

    init(for snapshot: Snapshot, width: Int) {
        let parts = Column.allCases.map { $0.part(longestName: snapshot.longestName) }
        let area = Rect(x: Self.margin, y: 0, width: max(0, width - Self.margin), height: 1)
        let places = area.columns(parts, spacing: width >= Self.wide ? 2 : 1)
        columns = zip(Column.allCases, places).compactMap { column, place in
            place.map { Placed(column: column, x: $0.x, width: $0.width) }
        }
    }

    private static let wide = 160
}
