import FleetModel

/// What the worker table is sorted by.
package enum SortKey: Sendable, CaseIterable {
    /// Severity, then load: what needs a look is on top.
    case trouble
    case worker, state, connections, rooms, messagesIn, messagesOut, p50, p95, p99, queue, lag, churn, descriptors
    case memory, cpu, age

    var words: SafeText {
        switch self {
        case .trouble: "trouble"
        case .worker: "worker"
        case .state: "state"
        case .connections: "conns"
        case .rooms: "rooms"
        case .messagesIn: "in/s"
        case .messagesOut: "out/s"
        case .p50: "p50"
        case .p95: "p95"
        case .p99: "p99"
        case .queue: "queue"
        case .lag: "lag"
        case .churn: "churn"
        case .descriptors: "fds"
        case .memory: "mem"
        case .cpu: "cpu"
        case .age: "age"
        }
    }

    /// Names read best from A; figures are looked at for the largest.
    fileprivate var ascends: Bool { self == .worker || self == .state }
}

/// The order of the worker table. Equal rows keep the order of their names, so that nothing jumps about.
package struct SortOrder: Sendable, Equatable {
    package var key = SortKey.trouble
    package var isInverted = false

    package init(key: SortKey = .trouble) {
        self.key = key
    }

    package var ascends: Bool { key.ascends != isInverted }

    /// - Parameter rows: in the order of names.
    /// - Returns: indices into `rows`.
    func order(_ rows: [WorkerRow]) -> [Int] {
        let values = values(of: rows)
        return rows.indices.sorted { left, right in
            if values[left] == values[right] { return left < right }
            return ascends ? values[left] < values[right] : values[left] > values[right]
        }
    }

    private func values(of rows: [WorkerRow]) -> [Double] {
        if key == .trouble { return troubles(of: rows) }
        return rows.enumerated().map { key == .worker ? Double($0.offset) : value(of: $0.element.figures) }
    }

    /// Severity first; within one severity by connections in steps of a quarter of the mean, so that even workers do
    /// not change places with every client.
    private func troubles(of rows: [WorkerRow]) -> [Double] {
        let connections = rows.map { Double($0.connections ?? 0) }
        let step = max(1, connections.reduce(0, +) / Double(max(rows.count, 1)) / 4)
        return rows.indices.map { index in
            let steps = min((connections[index] / step).rounded(), Self.maximumSteps)
            return Double(rows[index].severity.rawValue) * (Self.maximumSteps + 1) + steps
        }
    }

    private static let maximumSteps = 1e6

    private func value(of row: WorkerFigures) -> Double {
        switch key {
        case .trouble, .worker: 0
        case .state: Double(stateOrder(row))
        case .connections: Double(row.heard?.value.connections ?? -1)
        case .rooms: Double(row.heard?.value.rooms ?? -1)
        case .messagesIn: row.rates.messagesInPerSecond
        case .messagesOut: row.rates.messagesOutPerSecond
        case .p50: row.p50?.inSeconds ?? -1
        case .p95: row.p95?.inSeconds ?? -1
        case .p99: row.p99?.inSeconds ?? -1
        case .queue: Double(row.heard?.value.queueBytes.bytes ?? -1)
        case .lag: row.heard?.value.loopLag.inSeconds ?? -1
        case .churn: row.churn
        case .descriptors: row.fdsPart
        case .memory: Double(row.heard?.value.memory.bytes ?? -1)
        case .cpu: row.rates.cpu
        case .age: Double(row.heard.map { $0.value.startedAt.microseconds } ?? .max) * -1
        }
    }

    private func stateOrder(_ row: WorkerFigures) -> Int {
        guard row.link == .live, let state = row.heard?.value.state else { return WorkerState.allCases.count }
        return WorkerState.allCases.firstIndex(of: state) ?? 0
    }
}
