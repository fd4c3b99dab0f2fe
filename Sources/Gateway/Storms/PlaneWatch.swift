import FleetModel
import Logging

/// What is watched of a data plane once a second: how fast clients come, and how many go.
struct PlaneWatch {
    var storms = StormDetector()
    var stormsTotal: UInt64 = 0
    var churn = ChurnRing()
    /// From the end of a connection to the end of its traces, where the registry had one.
    var cleanup = LatencyHistogram()
}

/// Clients that came and went on one loop, since its start.
struct ClientFlow: Sendable {
    var attempts: UInt64
    var closes: UInt64
    var planned: UInt64
    var connections: Int

    static func + (left: Self, right: Self) -> Self {
        ClientFlow(
            attempts: left.attempts + right.attempts, closes: left.closes + right.closes,
            planned: left.planned + right.planned, connections: left.connections + right.connections)
    }
}

extension LoopShard {
    var flow: ClientFlow {
        ClientFlow(
            attempts: counters.connectAttempts, closes: counters.closes.values.reduce(0, +),
            planned: counters.plannedCloses.total, connections: connectionCount)
    }
}

extension DataPlane {
    /// How often `observe` is to be called.
    package static let observationInterval: Duration = .seconds(1)

    /// Looks at how clients come and go, and says when a storm begins and ends.
    package func observe(at now: UnixTime, logger: Logger) async {
        let flow = await onEachShard(\.flow).reduce(ClientFlow(attempts: 0, closes: 0, planned: 0, connections: 0), +)
        let policy = (services?.policy ?? configuration.policy).storms
        let event = watch.withLock { watch in
            watch.churn.mark(
                closes: flow.closes, planned: flow.planned, connections: flow.connections, at: now)
            let event = watch.storms.observe(total: flow.attempts, at: now, policy)
            if case .began? = event { watch.stormsTotal += 1 }
            return event
        }
        if let event { take(event, logger) }
    }

    private func take(_ event: StormDetector.Event, _ logger: Logger) {
        switch event {
        case .began(let report):
            services?.isStorming = true
            logger.notice(
                "clients connect much faster than usual; those sent away are told to come back spread out",
                metadata: [
                    "connects_per_second": "\(report.connectsPerSecond.rounded())",
                    "baseline_per_second": "\(report.baselinePerSecond.rounded())",
                ])
        case .ended(let lasted, let peak):
            services?.isStorming = false
            logger.notice(
                "clients connect at their usual pace again",
                metadata: ["lasted": "\(Figures.elapsed(lasted))", "peak_per_second": "\(peak.rounded())"])
        }
    }

    /// Over how long clients are told to come back: during a storm at least over what the policy says.
    func spread(atLeast spread: Duration) -> Duration {
        guard let services, services.isStorming else { return spread }
        return max(spread, services.policy.storms.spread)
    }

    /// What is known since `observe` was called last.
    func takeWatch(into snapshot: inout DataPlaneSnapshot) {
        watch.withLock { watch in
            snapshot.storm = watch.storms.report
            snapshot.stormsTotal = watch.stormsTotal
            (snapshot.churnPerMinute, snapshot.plannedChurnPerMinute) = watch.churn.perMinute
            snapshot.cleanup.merge(watch.cleanup)
        }
    }
}
