import AdminAPI

extension OperationRecord {
    /// What carries on an operation that another has begun; nil for kinds whose leader cannot be replaced.
    package var machine: (any OperationMachine)? {
        switch plan.kind {
        case .drain: DrainMachine(plan, reason: reason, isResumed: true)
        case .rebalance: RebalanceMachine(self)
        case .failoverDrill: DrillMachine(abandoned: FailoverDrillPlan(of: plan))
        case .undrain, .throttle, .broadcast, .breaker, .kick, .safety: nil
        }
    }
}
