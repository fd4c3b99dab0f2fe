import AdminAPI
import FleetModel

extension OperationPlan {
    /// The wire form of a plan that was made from `fleet`.
    package init(_ kind: OperationKind, on targets: [WorkerID], _ parameters: [String: String], in fleet: Fleet) {
        let samples = fleet.ordered.filter { !$0.isStale }.compactMap(\.sample)
        self.init(
            kind: kind, targets: targets, parameters: parameters,
            snapshot: samples.map { Worker(worker: $0.worker, state: $0.state, connections: $0.connections) },
            takenAt: samples.map(\.time).min() ?? UnixTime(microseconds: 0))
    }
}
