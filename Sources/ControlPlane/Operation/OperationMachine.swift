import AdminAPI
import FleetModel

/// An operation as a value: it hears what happened and says what to do next; whoever runs it does that and nothing
/// else.
package protocol OperationMachine: Sendable {
    /// What is told of it to everybody.
    var state: OperationRecord.Progress { get }
    /// The rooms whose members it has to know of each worker; nil where it needs none.
    var countedRooms: RoomPattern? { get }
    /// Takes the next thing that happened.
    mutating func receive(_ input: OperationInput, at now: UnixTime) -> [OperationEffect]
    /// Takes what a drill's probes and its Redis show; others look away.
    mutating func receive(_ evidence: DrillEvidence, at now: UnixTime) -> [OperationEffect]
}

extension OperationMachine {
    package var countedRooms: RoomPattern? { nil }
    package mutating func receive(_ evidence: DrillEvidence, at now: UnixTime) -> [OperationEffect] { [] }
}

/// What an operation hears.
package enum OperationInput: Sendable {
    /// The fleet as it is now; heard at the start and about once a second.
    case fleet(Fleet)
    /// A worker's answer to an order; nil when it took it.
    case answered(WorkerID, WorkerCommand, refusal: AdminError?)
    /// Somebody wants it to end: do what makes the fleet safe, then end.
    case cancel(by: String, reason: String?)
}

/// What an operation wants done.
package enum OperationEffect: Sendable, Equatable {
    case order(WorkerCommand, to: WorkerID)
    /// Done where the operation is led.
    case act(DrillAct)
    /// Kept in the record and shown to whoever watches.
    case step(SafeText)
    case end(OperationOutcome)
}
