import AdminAPI
import FleetModel
import Logging
import Synchronization

/// Watches how a worker is, four times a second, and has it leave work undone while that is called for.
package final class HealthMonitor: Sendable {
    /// What is seen of the data plane without asking its loops.
    package struct Pulse: Sendable {
        /// The worst delay of an event loop since the pulse before.
        package var loopLag: Duration
        /// What waits for clients that are behind.
        package var queueBytes: ByteCount
        /// What arrived and waits for its turn to be delivered.
        package var intakeBytes: ByteCount

        package init(loopLag: Duration, queueBytes: ByteCount, intakeBytes: ByteCount = .zero) {
            self.loopLag = loopLag
            self.queueBytes = queueBytes
            self.intakeBytes = intakeBytes
        }

        /// The fuller of the two, as a part of its bound.
        func queueShare(_ policy: QueuePolicy) -> Double {
            max(Self.share(queueBytes, of: policy.workerBytes), Self.share(intakeBytes, of: policy.intakeBytes))
        }

        private static func share(_ bytes: ByteCount, of bound: ByteCount) -> Double {
            Double(bytes.bytes) / Double(max(1, bound.bytes))
        }
    }

    private struct State {
        var machine: DegradationMachine
        var history: [DegradationReport] = []
        var changes: UInt64 = 0
        var recentLags: [Duration] = []
        var queueShare = 0.0
        var minute = RecentMinute()

        mutating func note(_ pulse: Pulse, queueShare: Double) {
            self.queueShare = queueShare
            if recentLags.count == HealthMonitor.lagsKept { recentLags.removeFirst() }
            recentLags.append(pulse.loopLag)
        }

        mutating func decide(
            _ inputs: DegradationMachine.Inputs, _ policy: DegradationPolicy, at now: UnixTime
        ) -> DegradationReport? {
            guard let change = machine.observe(inputs, policy, at: now) else { return nil }
            changes += 1
            if history.count == HealthMonitor.maximumHistory { history.removeFirst() }
            history.append(change)
            return change
        }
    }

    /// Twice within the shortest time after which a level is entered.
    private static let interval: Duration = .milliseconds(250)
    /// Of a second.
    private static let lagsKept = 4
    /// A day's worth for a worker that has a bad one.
    static let maximumHistory = 32

    package let worker: WorkerID
    private let breakers: BreakerBoard
    private let redis: RedisWatch
    private let policy: @Sendable () -> GatewayPolicy
    private let pulse: @Sendable () -> Pulse
    private let degrade: @Sendable (DegradationLevel) async -> Void
    private let clock: SteadyClock
    private let logger: Logger
    private let state: Mutex<State>

    package init(
        worker: WorkerID, breakers: BreakerBoard, redis: RedisWatch, clock: SteadyClock, logger: Logger,
        policy: @escaping @Sendable () -> GatewayPolicy, pulse: @escaping @Sendable () -> Pulse,
        degrade: @escaping @Sendable (DegradationLevel) async -> Void
    ) {
        self.worker = worker
        self.breakers = breakers
        self.redis = redis
        self.clock = clock
        self.logger = logger
        self.policy = policy
        self.pulse = pulse
        self.degrade = degrade
        state = Mutex(State(machine: DegradationMachine(at: clock.now)))
    }

    /// Watches until cancelled.
    package func run(samples: SampleSource) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.every(Self.interval) { await self.look() } }
            group.addTask {
                await self.every(RecentMinute.interval) { self.note(await samples.recent().snapshot) }
            }
        }
    }

    private func every(_ interval: Duration, _ work: () async -> Void) async {
        while !Task.isCancelled {
            await work()
            // Cancellation ends the loop.
            try? await Task.sleep(for: interval)
        }
    }

    /// Looks once.
    func look() async {
        let (pulse, policy, now) = (pulse(), policy(), clock.now)
        let share = pulse.queueShare(policy.queues)
        let inputs = DegradationMachine.Inputs(
            loopLag: pulse.loopLag, queueShare: share, breakers: breakers.reports)
        let (before, change) = state.withLock { state in
            state.note(pulse, queueShare: share)
            let before = state.machine.report.level
            return (before, state.decide(inputs, policy.degradation, at: now))
        }
        guard let change else { return }
        log(change, after: before)
        await degrade(change.level)
    }

    func note(_ snapshot: DataPlaneSnapshot) {
        let mark = RecentMinute.Mark(snapshot, at: clock.now)
        state.withLock { $0.minute.note(mark) }
    }

    private func log(_ change: DegradationReport, after level: DegradationLevel) {
        let metadata: Logger.Metadata = [
            "level": "\(change.level.rawValue)", "before": "\(level.rawValue)", "reason": "\(change.reason)",
        ]
        if change.level > level {
            logger.notice("degraded: less critical work is left undone", metadata: metadata)
        } else {
            logger.notice("less degraded: work is taken up again", metadata: metadata)
        }
    }
}

// MARK: - Telling

extension HealthMonitor {
    package var vitals: WorkerVitals {
        var vitals = WorkerVitals()
        vitals.breakers = breakers.reports
        vitals.redis = redis.reading
        state.withLock { state in
            vitals.loopLag = state.recentLags.max() ?? .zero
            vitals.queueShare = state.queueShare
            vitals.degradation = state.machine.report.level == .normal ? nil : state.machine.report
            vitals.degradationChangesTotal = state.changes
        }
        return vitals
    }

    package var breakersReport: BreakersReport {
        BreakersReport(
            worker: worker,
            items: breakers.reports.map { .init(breaker: $0, history: breakers.history($0.name)) })
    }

    package var degradationStatus: DegradationStatus {
        state.withLock { state in
            DegradationStatus(
                worker: worker, current: state.machine.report, history: state.history, changesTotal: state.changes)
        }
    }

    func scale(_ reading: SampleSource.Reading) -> ScaleReport {
        let snapshot = reading.snapshot
        let minute = state.withLock(\.minute)
        let now = RecentMinute.Mark(snapshot, at: clock.now)
        let inputs = ScaleSignal.Inputs(
            state: reading.sample.state, connections: snapshot.connections, crowd: minute.crowd(until: now),
            churn: max(0, snapshot.churnPerMinute - snapshot.plannedChurnPerMinute),
            latencyP95: minute.latencyP95(until: now), queueShare: reading.vitals.queueShare,
            loopLag: reading.vitals.loopLag)
        return ScaleSignal.report(worker, inputs, policy().scale)
    }

    func socketHealth() -> SocketHealth { SocketHealth(worker, vitals, policy().health) }

    /// Why messages do not come through Redis as far as is known, in words; nil when an echo proves that they do.
    func silence() -> String? { redis.reading.silence(policy().health) }
}
