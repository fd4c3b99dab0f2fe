import AdminAPI
import FleetModel

/// How a drill brings the failover about.
package enum DrillMode: String, Sendable, Codable, CaseIterable {
    /// A Sentinel is told to promote a replica; the primary is well.
    case graceful
    /// The primary's process is stopped (SIGSTOP) until the others have done without it.
    case crash
}

/// What an operator may say about a drill.
package struct DrillOptions: Sendable, Equatable {
    package var mode: DrillMode
    /// From the trigger until every worker receives again by both ways, or the drill has failed.
    package var maxRecovery: Duration
    /// How long the fleet is watched before the trigger.
    package var baseline: Duration
    /// How long it must be as before, after the recovery.
    package var hold: Duration
    /// Probe messages a second, on each way from each worker.
    package var probeRate: Double
    /// Goes on though replicas are further behind than `maximumLag`.
    package var allowLag: Bool
    /// Goes on though the last drill was less than `shortestInterval` ago.
    package var again: Bool
    /// Goes on though workers do not answer, drain or have open breakers.
    package var allowUnhealthy: Bool

    package init(
        mode: DrillMode = .graceful, maxRecovery: Duration = .seconds(60), baseline: Duration = .seconds(5),
        hold: Duration = .seconds(5), probeRate: Double = ProbeOrder.standardRate, allowLag: Bool = false,
        again: Bool = false, allowUnhealthy: Bool = false
    ) {
        self.mode = mode
        self.maxRecovery = maxRecovery
        self.baseline = baseline
        self.hold = hold
        self.probeRate = probeRate
        self.allowLag = allowLag
        self.again = again
        self.allowUnhealthy = allowUnhealthy
    }

    /// What a replica may lack: at a thousand messages of a kilobyte a second, one second.
    package static let maximumLag = ByteCount.mebibytes(1)
    /// A replica that the primary has not heard of for longer is as good as gone.
    package static let maximumSilence: Duration = .seconds(5)
    /// A drill a day is an exercise, two are an accident.
    package static let shortestInterval: Duration = .seconds(86_400)
    /// Longer ones outlast the probes.
    package static let longestRecovery: Duration = .seconds(600)
    /// Of a baseline, and of what must hold afterwards.
    package static let longestWatch: Duration = .seconds(90)
}
