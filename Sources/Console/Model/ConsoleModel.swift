import AdminAPI
import FleetModel
import Terminal

/// Everything the console knows and shows; told by events, asked for a view, and otherwise without effect.
package struct ConsoleModel: Sendable {
    let fleetName: SafeText
    let user: SafeText
    let capabilities: TerminalCapabilities
    let keymap = Keymap.standard
    package internal(set) var size: Size
    package internal(set) var now: UnixTime

    package internal(set) var fleet = Fleet()
    /// The workers of the fleet in the order of their names; nil when that has to be found anew.
    var members: [WorkerID]?
    /// The fleet as of the last tick or of something that could not wait for one.
    var live: Snapshot
    var frozen: Frozen?
    /// Why the workers cannot be looked up; nil while they can.
    var lookupFailure: SafeText?
    package internal(set) var log = EventLog()
    package internal(set) var acts = ActBook()
    package internal(set) var operations = OperationBoard()
    /// Workers that the next act is for together; empty where the selected one is meant.
    package internal(set) var marked: Set<WorkerID> = []

    package internal(set) var mode = Mode.overview
    package internal(set) var focus = Focus.workers
    package internal(set) var sort = SortOrder()
    package internal(set) var filter = WorkerFilter.everything
    /// Indices into the shown rows, filtered and sorted.
    var order: [Int] = []
    /// nil until the operator chooses: then the top row is meant.
    var chosen: WorkerID?
    package internal(set) var isFollowing = false
    var workerScroll = 0
    var selectedRoom = 0
    var roomScroll = 0
    /// The operator has said to cancel what is led here and to leave then.
    var quitsOnceEnded = false
    /// Answers the last key where nothing else on the screen does.
    var hint: SafeText?
    /// Fleet events that made a snapshot before its tick.
    var earlySnapshots = 0

    /// - Parameter fleetName: what the fleet is called, or where it is looked for.
    /// - Parameter user: who is said to act.
    package init(
        fleetName: SafeText, user: SafeText, size: Size, capabilities: TerminalCapabilities, now: UnixTime
    ) {
        self.fleetName = fleetName
        self.user = user
        self.size = size
        self.capabilities = capabilities
        self.now = now
        live = Snapshot(of: fleet, members: [], at: now, after: nil)
    }

    /// What the screen shows: the fleet as it is, or as it was when the screen was paused.
    package var shown: Snapshot { frozen?.snapshot ?? live }
    var shownLog: EventLog { frozen?.log ?? log }
    package var isPaused: Bool { frozen != nil }

    /// The worker that keys act on; nil when none is shown.
    package var selected: WorkerID? {
        let rows = shown.rows
        if let chosen, order.contains(where: { rows[$0].id == chosen }) { return chosen }
        return order.first.map { rows[$0].id }
    }

    /// The workers shown, from the top.
    package var orderedWorkers: [WorkerID] {
        let rows = shown.rows
        return order.map { rows[$0].id }
    }
}

/// What can happen to the console.
package enum ConsoleEvent: Sendable {
    case terminal(TerminalEvent)
    case fleet([FleetEvent])
    /// What came of the acts of this console.
    case acts([ActNews])
    /// Once a second.
    case tick(UnixTime)
}

/// What the console wants done; it never does it itself.
package enum ConsoleEffect: Sendable, Equatable {
    /// Do what the operator has confirmed; what comes of it is an event.
    case begin(ActRequest, ActID)
    /// Ask a worker how the fleet's operations stand; the answer is an event of the fleet.
    case ask(ControlQuestion, WorkerID)
    /// Draw everything anew: what is on the terminal is not to be trusted.
    case redraw
    case quit
}
