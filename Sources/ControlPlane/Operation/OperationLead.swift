import AdminAPI
import FleetModel

/// The leadership of one operation as a value: what is known of it, what is still to be told, and whether the lease
/// holds.
struct OperationLead: Sendable {
    /// An order that its machine wants given.
    struct Order: Sendable, Equatable {
        let command: WorkerCommand
        let worker: WorkerID
    }

    private(set) var record: OperationRecord
    private var machine: any OperationMachine
    private var untold: [OperationRecord.Step] = []
    private var acts: [DrillAct] = []
    private var ending: OperationOutcome?
    private var hasHeardCancel: Bool
    /// Since when the desk has not taken news, and why.
    private var cutOff: (since: UnixTime, words: String)?
    private(set) var isOver = false

    /// A leader that has not been heard for this long stops trying: by then another may long have taken over.
    static let patience: Duration = .seconds(300)

    init(_ record: OperationRecord, _ machine: any OperationMachine) {
        self.record = record
        self.machine = machine
        hasHeardCancel = record.cancel != nil
    }

    /// Whether orders may be given: only while the lease is known to hold.
    var mayOrder: Bool { cutOff == nil && !isOver }

    var countedRooms: RoomPattern? { machine.countedRooms }

    /// Hands an input to the machine.
    /// - Returns: what it wants ordered.
    mutating func receive(_ input: OperationInput, at now: UnixTime) -> [Order] {
        guard ending == nil, !isOver else { return [] }
        return note(machine.receive(input, at: now), at: now)
    }

    /// The same with what a drill shows.
    mutating func receive(_ evidence: DrillEvidence, at now: UnixTime) -> [Order] {
        guard ending == nil, !isOver else { return [] }
        return note(machine.receive(evidence, at: now), at: now)
    }

    /// What is to be done here, once.
    mutating func takeActs() -> [DrillAct] {
        defer { acts = [] }
        return acts
    }

    private mutating func note(_ effects: [OperationEffect], at now: UnixTime) -> [Order] {
        var orders: [Order] = []
        for effect in effects {
            switch effect {
            case .order(let command, let worker): orders.append(Order(command: command, worker: worker))
            case .act(let act): acts.append(act)
            case .step(let words): untold.append(OperationRecord.Step(at: now, words: words.text))
            case .end(let outcome): ending = ending ?? outcome
            }
        }
        return orders
    }

    /// What is to be told to the desk now.
    func news(at now: UnixTime) -> OperationNews {
        var state = machine.state
        if ending != nil { state.phase = .ended }
        return OperationNews(
            id: record.id, fence: record.fence, state: state, steps: untold, outcome: ending, sentAt: now)
    }

    /// Takes note of how the desk took `told`.
    /// - Returns: the order to cancel, when it is heard for the first time.
    mutating func reported(
        _ told: OperationNews, _ answer: Result<OperationRecord, AdminError>, at now: UnixTime
    ) -> OperationRecord.CancelOrder? {
        switch answer {
        case .success(let latest):
            record = latest
            cutOff = nil
            untold.removeFirst(min(told.steps.count, untold.count))
            isOver = told.outcome != nil
            return takeNewCancel()
        case .failure(let error):
            failed(error, at: now)
            return nil
        }
    }

    /// Stops without an outcome: others may take over.
    mutating func leave() { isOver = true }

    /// The record as it is shown here: with what the desk may not have heard yet.
    var shown: OperationRecord {
        var shown = record
        guard !isOver else { return shown }
        shown.state = machine.state
        shown.steps += untold
        if let cutOff {
            shown.state.note = "cut off (\(cutOff.words)): nothing is ordered until it can be told again"
        }
        return shown
    }

    private mutating func takeNewCancel() -> OperationRecord.CancelOrder? {
        guard !hasHeardCancel, let cancel = record.cancel else { return nil }
        hasHeardCancel = true
        return cancel
    }

    private mutating func failed(_ error: AdminError, at now: UnixTime) {
        switch error.code {
        case .fenced, .notFound, .conflict, .operationRunning: interrupt(error.message)
        case .badRequest, .methodNotAllowed, .alreadyDraining, .notDraining, .shuttingDown, .payloadTooLarge, .denied,
            .auditUnavailable, .safetyEngaged, .operationRequired, .planExpired, .planDrifted, .planInvalid,
            .unavailable, .internal:
            let since = cutOff?.since ?? now
            cutOff = (since, SafeText(error.message).text)
            if since.duration(to: now) > Self.patience { interrupt(error.message) }
        }
    }

    private mutating func interrupt(_ words: String) {
        record.state = machine.state
        record.state.phase = .ended
        record.outcome = OperationOutcome(.interrupted, "no longer led from here: \(words)")
        isOver = true
    }
}
