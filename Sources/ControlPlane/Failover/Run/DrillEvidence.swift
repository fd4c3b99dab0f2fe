import AdminAPI
import FleetModel

/// What was seen of a drill at one moment: the machine judges it.
package struct DrillEvidence: Sendable, Equatable {
    /// By the clock of whoever leads; everything in the reports is by their workers' clocks.
    package var at: UnixTime
    /// Of every worker that answered.
    package var probes: [ProbeReport]
    /// Of a few workers.
    package var redis: [RedisReport]
    /// nil where the drill touches no process.
    package var process: PrimaryProcess?

    package init(at: UnixTime, probes: [ProbeReport], redis: [RedisReport], process: PrimaryProcess? = nil) {
        self.at = at
        self.probes = probes
        self.redis = redis
        self.process = process
    }
}

/// How the process stands that a drill by crash stops.
package enum PrimaryProcess: Sendable, Equatable {
    case untouched
    case stopped(at: UnixTime)
    case continued(at: UnixTime)
    /// It could not be stopped or continued.
    case failed(SafeText)
}

/// What a drill wants done where it runs, not by a worker.
package enum DrillAct: Sendable, Equatable {
    /// Stops the primary's process, with a guard that has it go on whatever becomes of the drill.
    case stopPrimary
    case continuePrimary
    /// Keeps the report where whoever leads wants it.
    case keep(DrillReport)
}
