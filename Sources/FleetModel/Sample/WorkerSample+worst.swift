extension WorkerSample {
    /// The breaker that keeps most from happening, the first of equals; nil where the worker reports none.
    package var worstBreaker: BreakerReport? {
        breakers.reduce(nil) { worst, report in
            guard let worst, report.state.weight <= worst.state.weight else { return report }
            return worst
        }
    }
}

extension BreakerState {
    /// Grows with what is refused.
    fileprivate var weight: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
