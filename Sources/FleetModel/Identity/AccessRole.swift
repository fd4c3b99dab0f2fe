/// What a person may do to a fleet; each role may do all that those before it may.
package enum AccessRole: String, Sendable, Codable, CaseIterable, Comparable {
    /// Looks, and changes nothing.
    case viewer
    /// Drains, rebalances, throttles, broadcasts, kicks.
    case `operator`
    /// Overrides what protects the fleet: critical throttles, breakers, the safety lever's release, failover drills.
    case admin

    package static func < (left: AccessRole, right: AccessRole) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .admin: 2
        }
    }
}
