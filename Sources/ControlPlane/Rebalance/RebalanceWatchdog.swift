import FleetModel

/// Sees whether a rebalance must stop for the fleet's sake.
struct RebalanceWatchdog: Sendable, Equatable {
    private let settings: RebalanceSettings
    private var slowTicks = 0
    private var failingTicks = 0

    /// Ticks in a row that a figure has to be over its bound: one moment is no trend.
    static let patience = 3

    init(_ settings: RebalanceSettings) {
        self.settings = settings
    }

    /// - Returns: the reason to stop, in words.
    mutating func objection(to totals: FleetTotals) -> SafeText? {
        latency(totals.latency.quantile(0.99)) ?? errors(totals.rates.errorsPerSecond)
    }

    private mutating func latency(_ p99: Duration?) -> SafeText? {
        guard let bound = settings.maximumLatency, let p99, p99 > bound else {
            slowTicks = 0
            return nil
        }
        slowTicks += 1
        guard slowTicks >= Self.patience else { return nil }
        return "p99 is \(Figures.latency(p99)), over the bound of \(Figures.latency(bound))"
    }

    private mutating func errors(_ perSecond: Double) -> SafeText? {
        guard let bound = settings.maximumErrorsPerSecond, perSecond > bound else {
            failingTicks = 0
            return nil
        }
        failingTicks += 1
        guard failingTicks >= Self.patience else { return nil }
        return "\(Figures.rate(perSecond)) errors a second, over the bound of \(Figures.rate(bound))"
    }
}
