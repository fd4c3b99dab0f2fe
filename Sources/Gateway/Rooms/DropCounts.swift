import FleetModel

/// How many messages were dropped, by class and reason.
struct DropCounts: Sendable, Equatable {
    private var counts: [UInt64] = Array(repeating: 0, count: Criticality.allCases.count * DropReason.allCases.count)

    subscript(_ criticality: Criticality, _ reason: DropReason) -> UInt64 {
        counts[Self.index(criticality, reason)]
    }

    mutating func add(_ criticality: Criticality, _ reason: DropReason, times: UInt64 = 1) {
        counts[Self.index(criticality, reason)] += times
    }

    mutating func merge(_ other: DropCounts) {
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// Over all reasons.
    var sums: ByClass<UInt64> {
        var sums = ByClass<UInt64>(repeating: 0)
        for drop in list { sums[drop.criticality] += drop.count }
        return sums
    }

    /// Most critical first; pairs that never occurred are left out.
    var list: [DropCount] {
        var list: [DropCount] = []
        for criticality in Criticality.allCases {
            for reason in DropReason.allCases where self[criticality, reason] > 0 {
                list.append(DropCount(criticality: criticality, reason: reason, count: self[criticality, reason]))
            }
        }
        return list
    }

    private static func index(_ criticality: Criticality, _ reason: DropReason) -> Int {
        criticality.row * DropReason.allCases.count + reason.column
    }
}

extension Criticality {
    fileprivate var row: Int {
        switch self {
        case .critical: 0
        case .important: 1
        case .bestEffort: 2
        }
    }
}

extension DropReason {
    fileprivate var column: Int {
        switch self {
        case .queueFull: 0
        case .coalesced: 1
        case .workerFull: 2
        case .intakeFull: 3
        case .rate: 4
        case .degraded: 5
        case .throttled: 6
        }
    }
}
