import FleetModel

/// What does not change about a worker while it lives.
package struct WorkerFacts: Sendable, Equatable {
    package let worker: WorkerID
    package let node: String
    package let pid: Int32
    package let startedAt: UnixTime

    package init(worker: WorkerID, node: String, pid: Int32, startedAt: UnixTime) {
        self.worker = worker
        self.node = node
        self.pid = pid
        self.startedAt = startedAt
    }
}
