import FleetModel

/// Where a worker's admin API listens.
package struct AdminEndpoint: Sendable, Hashable {
    package let worker: WorkerID
    package let address: AdminAddress

    package init(worker: WorkerID, address: AdminAddress) {
        self.worker = worker
        self.address = address
    }

    package init(worker: WorkerID, socketPath: String) {
        self.init(worker: worker, address: .unix(path: socketPath))
    }

    /// The path of the worker's unix socket; empty for one on another machine.
    package var socketPath: String {
        switch address {
        case .unix(let path): path
        case .tls: ""
        }
    }
}

/// The place of an admin API.
package enum AdminAddress: Sendable, Hashable {
    case unix(path: String)
    /// `https://host:port`, with who we are there.
    case tls(url: String, AdminCredentials)
}

/// PEM files by which a client of the admin API over TCP proves who it is, and knows whom it talks to.
package struct AdminCredentials: Sendable, Hashable {
    /// The authorities that sign the certificates of workers; nobody else's do.
    package var authority: String
    package var certificate: String
    package var key: String

    package init(authority: String, certificate: String, key: String) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }
}

extension WorkerID {
    /// By which a worker's certificate names it, among its alternative names.
    package var certificateName: String { "gad://worker/\(rawValue)" }
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
    /// What a worker told of operations, of the safety lever and of the reader's role.
    case control(ControlReport)
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
    /// Asks a worker how the fleet is being operated; the answer is an event.
    func ask(_ question: ControlQuestion, of worker: WorkerID)
    func close()
}
