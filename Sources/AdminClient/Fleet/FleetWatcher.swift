import AdminAPI
import FleetModel

/// The live link to a fleet over its workers' admin sockets: one stream of samples a worker, one thread for all.
///
/// A worker that is dead, slow or hostile is reported and tried again, and delays neither another worker nor the
/// reader. At rest the thread wakes once a second, just after workers send their samples, and wakes the reader once.
package final class FleetWatcher: FleetLink {
    /// Where the workers are found.
    package enum Source: Sendable {
        /// Every socket in a run directory, looked up again each second.
        case directory(String)
        /// What `replaceEndpoints` says.
        case list([AdminEndpoint])
    }

    enum Order: Sendable {
        case ask(ControlQuestion, WorkerID)
        case replace([AdminEndpoint])
        case lookupFailed(String)
        case stop
    }

    private let inbox: Inbox<Order>
    private let events: EventQueue

    /// Connects to nobody yet: that is the thread's affair.
    /// - Throws: when the process may open no more files or start no more threads.
    package init(_ source: Source) throws {
        let (inbox, events) = (try Inbox<Order>(), try EventQueue())
        (self.inbox, self.events) = (inbox, events)
        let started = DedicatedThread.start { FleetLoop.run(source, inbox: inbox, events: events) }
        guard started else { throw AdminClientFailure.noThread }
    }

    deinit {
        close()
    }

    package var readinessDescriptor: Int32 { events.descriptor }

    package func takeEvents() -> [FleetEvent] {
        events.takeAll()
    }

    package func ask(_ question: ControlQuestion, of worker: WorkerID) {
        inbox.put(.ask(question, worker))
    }

    /// Makes the fleet consist of exactly these workers; for a `list` source.
    package func replaceEndpoints(_ endpoints: [AdminEndpoint]) {
        inbox.put(.replace(endpoints))
    }

    /// Tells the reader why `replaceEndpoints` is not called; once, until it is called again.
    package func lookupFailed(_ reason: String) {
        inbox.put(.lookupFailed(reason))
    }

    package func close() {
        inbox.put(.stop)
    }
}
