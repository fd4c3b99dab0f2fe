import FleetModel

/// Which table the movement keys move in.
package enum Focus: Sendable, Equatable {
    case workers, rooms
}

/// What the keys mean at the moment.
package enum Mode: Sendable {
    case overview
    /// The filter is being typed; it acts while it is.
    case filter(TextField)
    case help(scroll: Int)
    case events(scroll: Int)
    case operations(OperationsPage)
    /// The question before an act, over the screen that it was asked from.
    indirect case act(ActForm, over: Mode)
    /// Whether to leave while this console leads an operation.
    case quitting
}

/// What the screen showed when it was paused.
struct Frozen: Sendable {
    let snapshot: Snapshot
    let log: EventLog
    let since: UnixTime
}
