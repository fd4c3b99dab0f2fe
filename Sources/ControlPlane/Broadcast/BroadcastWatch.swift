import AdminAPI
import FleetModel

/// Follows a message that went out: what each worker says of it, and whether there is anything left to wait for.
package struct BroadcastWatch: Sendable, Equatable {
    /// How it stands on one worker.
    package struct Line: Sendable, Equatable {
        package var worker: WorkerID
        /// Connections that it was for, when it was planned.
        package var expected: Int
        package var delivered = 0
        package var dropped = 0
        package var acknowledged = 0
        /// Whether the worker answered the last question.
        package var isHeard = true

        /// Got it, and did not say so.
        package var missing: Int { max(0, delivered - acknowledged) }
    }

    package private(set) var lines: [Line]
    package let awaitsAcks: Bool

    package init(_ reach: [BroadcastPlan.Reach], awaitsAcks: Bool) {
        lines = reach.map { Line(worker: $0.worker, expected: $0.connections) }
        self.awaitsAcks = awaitsAcks
    }

    /// - Parameter report: nil where the worker knows nothing of the message.
    package mutating func hear(_ report: AckReport?, from worker: WorkerID) {
        guard let index = lines.firstIndex(where: { $0.worker == worker }) else { return }
        lines[index].isHeard = true
        lines[index].delivered = report?.delivered ?? 0
        lines[index].dropped = report?.dropped ?? 0
        lines[index].acknowledged = report?.acknowledged ?? 0
    }

    package mutating func miss(_ worker: WorkerID) {
        guard let index = lines.firstIndex(where: { $0.worker == worker }) else { return }
        lines[index].isHeard = false
    }

    package var delivered: Int { lines.reduce(0) { $0 + $1.delivered } }
    package var dropped: Int { lines.reduce(0) { $0 + $1.dropped } }
    package var acknowledged: Int { lines.reduce(0) { $0 + $1.acknowledged } }
    package var missing: Int { lines.reduce(0) { $0 + $1.missing } }
    package var unheard: [WorkerID] { lines.filter { !$0.isHeard }.map(\.worker) }

    /// Everybody who was there got it or missed it, and has said so where that is asked for.
    package var isSettled: Bool {
        lines.allSatisfy { line in
            line.isHeard && line.delivered + line.dropped >= line.expected && (!awaitsAcks || line.missing == 0)
        }
    }
}
