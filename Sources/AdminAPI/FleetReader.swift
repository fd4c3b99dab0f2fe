import FleetModel

/// Where a worker's admin API listens.
package struct AdminEndpoint: Sendable, Hashable {
    package let worker: WorkerID
    /// The path of the worker's unix socket.
    package let socketPath: String

    package init(worker: WorkerID, socketPath: String) {
        self.worker = worker
        self.socketPath = socketPath
    }
}

/// What a reader of a fleet hears, in the order in which it happened for each worker.
package enum FleetEvent: Sendable, Equatable {
    /// A worker belongs to the fleet from now on.
    case appeared(WorkerID)
    /// Its socket is gone: it does not belong to the fleet any more.
    case vanished(WorkerID)
    case sample(SharedSample)
    /// The link to a worker broke or could not be made; it is tried again.
    case lost(WorkerID, reason: String)
    /// Whether the workers could be looked up, where that is not a local affair; said when it changes. Those that are
    /// known go on speaking for themselves.
    case lookup(failure: String?)
    /// The answer to a command that `FleetControl` took.
    case answered(CommandID, WorkerID, Result<DrainReport, AdminError>)
}

/// Names one command so that its answer can be told from others.
package struct CommandID: Sendable, Hashable {
    package let rawValue: Int

    package init(_ rawValue: Int) {
        self.rawValue = rawValue
    }
}

/// What can be asked of one worker.
package enum WorkerCommand: Sendable, Equatable {
    case drain(DrainRequest)
    case undrain(UndrainRequest)
    case probe(ProbeOrder)
    case failover(FailoverRequest)
    case noteDrill(DrillNote)
    /// Only as part of an operation.
    case shed(ShedRequest)
    case stopShedding(ShedStopRequest)
}

/// A reader's live link to a whole fleet. Nothing in it blocks: what happened is fetched, what is wanted is handed over.
package protocol FleetLink: Sendable {
    /// A file descriptor that is readable while events wait; for `poll`.
    var readinessDescriptor: Int32 { get }
    /// What happened since the last call, oldest first.
    func takeEvents() -> [FleetEvent]
    /// Asks a worker for something; the answer is an event.
    func send(_ command: WorkerCommand, to worker: WorkerID, as id: CommandID)
    func close()
}
