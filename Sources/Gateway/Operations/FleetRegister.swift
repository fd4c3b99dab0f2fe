import FleetModel

/// Who belongs to the fleet, as its registry has it.
package protocol FleetRegister: Sendable {
    func members() async throws -> [FleetMember]
}

/// One worker as the registry has it.
package struct FleetMember: Sendable, Equatable {
    package var worker: WorkerID
    package var node: String
    package var state: WorkerState
    package var connections: Int
    /// Since it last said so.
    package var age: Duration

    package init(worker: WorkerID, node: String, state: WorkerState, connections: Int, age: Duration) {
        self.worker = worker
        self.node = node
        self.state = state
        self.connections = connections
        self.age = age
    }
}
