import AdminAPI
import FleetModel

/// A rebalance as it runs: decides anew from live counts at each tick who gives, who holds and who takes, and has every
/// worker accept again at its end, whatever that end is.
///
/// It never tells more clients to leave than fit: those who were told and have not come back count as on their way. An
/// order names how many may leave in all, so that one which is repeated, or carried out after its leader died, moves
/// nobody twice.
package struct RebalanceMachine: OperationMachine {
    enum Stage: Sendable, Equatable {
        case moving
        /// Workers are being told to accept again.
        case restoring(OperationOutcome.Status, words: SafeText, since: UnixTime)
        case ended
    }

    let settings: RebalanceSettings
    /// What workers call it in their samples.
    let operation: String
    /// By name.
    var members: [RebalanceMember]
    var stage = Stage.moving
    var balance: Balance
    /// On their way from one worker to another.
    var incoming = 0.0
    var watch = ReturnWatch()
    private var watchdog: RebalanceWatchdog
    private var startedAt: UnixTime?
    var untold: [SafeText] = []

    /// - Parameter operation: the id of the operation.
    package init(_ settings: RebalanceSettings, operation: String) {
        self.settings = settings
        self.operation = operation
        members = settings.workers.map { RebalanceMember($0) }
        balance = Balance([], tolerance: settings.tolerance)
        watchdog = RebalanceWatchdog(settings)
    }

    /// Of an operation that was begun elsewhere.
    /// - Returns: nil when its plan is not that of a rebalance.
    package init?(_ record: OperationRecord) {
        guard let settings = RebalanceSettings(parameters: record.plan.parameters) else { return nil }
        self.init(settings, operation: record.id)
    }

    package var countedRooms: RoomPattern? { settings.rooms }

    package mutating func receive(_ input: OperationInput, at now: UnixTime) -> [OperationEffect] {
        let orders =
            switch input {
            case .fleet(let fleet): look(at: fleet, now)
            case .answered(let worker, let command, let refusal): hear(worker, command, refusal, now)
            case .cancel(let user, let reason): cancel(by: user, reason, now)
            }
        defer { untold = [] }
        return untold.map { .step($0) } + orders
    }
}

// MARK: - Looking at the fleet

extension RebalanceMachine {
    private mutating func look(at fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        let started = startedAt ?? now
        startedAt = started
        let lost = observe(fleet, now)
        weigh(at: now)
        switch stage {
        case .ended: return []
        case .restoring(let status, let words, let since): return restore(status, words, since, now)
        case .moving: break
        }
        if let lost { return stop(.failed, "\(lost.worker) " + lost.words, now) }
        if let words = watchdog.objection(to: fleet.totals) { return stop(.failed, words, now) }
        if started.duration(to: now) >= settings.deadline {
            return stop(.partlyDone, "the deadline of \(Figures.wait(settings.deadline)) is over", now)
        }
        return move(at: now)
    }

    /// - Returns: a worker that is lost, if one is.
    private mutating func observe(_ fleet: Fleet, _ now: UnixTime) -> (worker: WorkerID, words: SafeText)? {
        var lost: (WorkerID, SafeText)?
        for index in members.indices {
            let before = members[index]
            let worker = members[index].worker
            let words = members[index].observe(
                fleet.workers[worker], settings.rooms, operation: operation, at: now)
            if before.leftOut == nil, let words { lost = lost ?? (worker, words) }
            noteChange(from: before, to: members[index])
        }
        return lost
    }

    /// Takes the mean, and who is on their way, from what the workers say now.
    private mutating func weigh(at now: UnixTime) {
        let partakers = members.filter(\.takesPart)
        let leaving = partakers.reduce(0) { $0 + $1.load - $1.staying }
        let absent = watch.absent(
            load: partakers.reduce(0) { $0 + $1.load }, left: members.reduce(0) { $0 + $1.left }, at: now)
        incoming = leaving + absent
        balance = Balance(partakers.map(\.load), absent: absent, tolerance: settings.tolerance)
    }

    private mutating func noteChange(from before: RebalanceMember, to now: RebalanceMember) {
        guard before.takesPart != now.takesPart else { return }
        let worker = now.worker
        untold.append(
            now.absence.map { "\(worker) " + $0 + ": nothing is planned with it until that is over" }
                ?? "\(worker) takes part again")
    }
}

// MARK: - Hearing answers

extension RebalanceMachine {
    private mutating func hear(
        _ worker: WorkerID, _ command: WorkerCommand, _ refusal: AdminError?, _ now: UnixTime
    ) -> [OperationEffect] {
        guard let index = members.firstIndex(where: { $0.worker == worker }) else { return [] }
        switch command {
        case .shed:
            if let refusal { return refused(index, refusal, now) }
            members[index].refusals = 0
        case .stopShedding:
            if refusal == nil { members[index].isOrdered = false }
        case .drain, .undrain, .probe, .failover, .noteDrill: break
        }
        return []
    }

    /// What any other worker would refuse for the same reason.
    private static let hopeless: Set<AdminError.Code> = [.denied, .operationRequired, .auditUnavailable]

    private mutating func refused(_ index: Int, _ refusal: AdminError, _ now: UnixTime) -> [OperationEffect] {
        guard stage == .moving else { return [] }
        if refusal.code == .fenced {
            // Whoever leads now decides about the workers.
            stage = .ended
            return [.end(OperationOutcome(.interrupted, "somebody else leads the fleet now"))]
        }
        if refusal.code == .safetyEngaged { return stop(.cancelled, SafeText(refusal.message), now) }
        if Self.hopeless.contains(refusal.code) { return stop(.failed, SafeText(refusal.message), now) }
        members[index].refusals += 1
        guard members[index].refusals >= RebalanceMember.patience, members[index].leftOut == nil else { return [] }
        let words = "refuses orders (" + SafeText(refusal.message) + ")"
        members[index].leaveOut(words)
        untold.append("\(members[index].worker) " + words + ": it is left out from here on")
        return []
    }
}
