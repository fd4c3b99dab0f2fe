import FleetModel

/// Why connections end that somebody meant to end; all others are churn that nobody asked for.
package enum PlannedClose: Sendable, Equatable {
    /// An operator drains the worker.
    case drain
    /// The process leaves, as in a deployment.
    case shutdown
    /// Other workers have more room.
    case rebalance
    /// An operator sends single clients away.
    case kick

    init(_ cause: DrainCause) {
        switch cause {
        case .operator: self = .drain
        case .shutdown: self = .shutdown
        }
    }
}

/// How many connections were ended on purpose, by what for.
package struct PlannedCloses: Sendable, Equatable {
    package var drain: UInt64 = 0
    package var shutdown: UInt64 = 0
    package var rebalance: UInt64 = 0
    package var kick: UInt64 = 0

    package init() {}

    package var total: UInt64 { drain + shutdown + rebalance + kick }

    package subscript(_ cause: PlannedClose) -> UInt64 {
        get {
            switch cause {
            case .drain: drain
            case .shutdown: shutdown
            case .rebalance: rebalance
            case .kick: kick
            }
        }
        set {
            switch cause {
            case .drain: drain = newValue
            case .shutdown: shutdown = newValue
            case .rebalance: rebalance = newValue
            case .kick: kick = newValue
            }
        }
    }

    mutating func merge(_ other: PlannedCloses) {
        drain += other.drain
        shutdown += other.shutdown
        rebalance += other.rebalance
        kick += other.kick
    }
}
