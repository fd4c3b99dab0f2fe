import FleetModel

/// What an operation will do, and what the fleet looked like when that was decided: what workers check before it
/// starts.
package struct OperationPlan: Sendable, Equatable, Codable {
    /// One worker as the plan's snapshot has it.
    package struct Worker: Sendable, Equatable, Codable {
        package var worker: WorkerID
        package var state: WorkerState
        package var connections: Int

        package init(worker: WorkerID, state: WorkerState, connections: Int) {
            self.worker = worker
            self.state = state
            self.connections = connections
        }
    }

    package var kind: OperationKind
    /// Workers that it acts on, in the order in which it does.
    package var targets: [WorkerID]
    /// Everything else that was decided, under names that an audit can read, such as `rate_per_second`.
    package var parameters: [String: String]
    /// Every worker that answered, by name.
    package var snapshot: [Worker]
    /// When the oldest sample of the snapshot was taken, by the clock of its worker.
    package var takenAt: UnixTime

    package init(
        kind: OperationKind, targets: [WorkerID], parameters: [String: String], snapshot: [Worker], takenAt: UnixTime
    ) {
        self.kind = kind
        self.targets = targets
        self.parameters = parameters
        self.snapshot = snapshot
        self.takenAt = takenAt
    }

    /// A plan older than this is made again: the fleet has moved on.
    package static let lifetime: Duration = .seconds(60)

    private enum CodingKeys: String, CodingKey {
        case kind, targets, parameters, snapshot
        case takenAt = "taken_at"
    }
}
