import AdminAPI
import FleetModel

/// What came of a question of the console, as one record: every worker's part of it.
extension RecordedAnswer {
    /// Tells such an answer from those of a single worker.
    private static let fleetKind = "fleet"

    /// - Throws: where a number has no form in JSON; no worker can have sent it.
    package init(_ answer: FleetAnswer) throws {
        self.init(worker: WorkerID(""), kind: Self.fleetKind, json: try AdminJSON.encode(answer))
    }

    /// - Returns: nil for an answer of another kind, or one to a question that this version does not know.
    package var fleetAnswer: FleetAnswer? {
        guard kind == Self.fleetKind else { return nil }
        // What cannot be read is as good as not recorded: the page then says that nothing is known.
        return try? AdminJSON.decode(FleetAnswer.self, from: json)
    }
}
