import FleetModel

/// What operators do to a fleet.
package enum OperationKind: String, Sendable, Codable, CaseIterable {
    case drain, undrain, rebalance, throttle, broadcast, breaker, kick, safety
    case failoverDrill = "failover_drill"

    /// One of these runs at a time in a fleet: it holds the lock `gad:operation` while it does.
    package var isDisruptive: Bool {
        switch self {
        case .drain, .rebalance, .failoverDrill: true
        case .undrain, .throttle, .broadcast, .breaker, .kick, .safety: false
        }
    }

    /// The least role that may do it; single acts may ask for more.
    package var role: AccessRole {
        switch self {
        case .drain, .undrain, .rebalance, .throttle, .broadcast, .kick, .safety: .operator
        case .breaker, .failoverDrill: .admin
        }
    }
}
