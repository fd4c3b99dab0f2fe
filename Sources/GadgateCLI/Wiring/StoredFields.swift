import AdminAPI
import FleetModel
import Redis

/// How an operation is written in the fields of its hash: what is read as a whole in JSON, what scripts look at
/// plainly.
enum StoredFields {
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try AdminJSON.encode(value), as: UTF8.self)
    }

    /// What is known at the start; tokens and times are the script's.
    static func fields(of record: OperationRecord) throws -> [String: String] {
        var fields = [
            "id": record.id, "kind": record.plan.kind.rawValue, "plan": try text(record.plan),
            "plan_hash": record.planHash, "leader": record.leader, "origin": record.origin,
            "state": try text(record.state),
        ]
        fields["reason"] = record.reason
        return fields
    }

    /// - Throws: `AdminError` for a hash that something else has written.
    static func record(_ id: String, _ stored: StoredOperation) throws -> OperationRecord {
        let fields = stored.fields
        guard let plan = try value(OperationPlan.self, fields["plan"]), let hash = fields["plan_hash"],
            let fence = fields["fence"].flatMap({ Int($0) }), let started = time(fields["started"]),
            let updated = time(fields["updated"]), var state = try value(OperationRecord.Progress.self, fields["state"])
        else { throw AdminError(.internal, "the record of operation \(id) in Redis is not whole") }
        let outcome = try value(OperationOutcome.self, fields["outcome"])
        if outcome != nil { state.phase = .ended }
        return OperationRecord(
            id: id, plan: plan, planHash: hash, fence: fence, leader: fields["leader"] ?? "",
            origin: fields["origin"] ?? "", reason: fields["reason"], startedAt: started, updatedAt: updated,
            leaseEndsAt: outcome == nil ? time(fields["lease"]) : nil, state: state,
            steps: try stored.steps.compactMap { try value(OperationRecord.Step.self, $0) },
            cancel: try value(OperationRecord.CancelOrder.self, fields["cancel"]), outcome: outcome)
    }

    static func safety(_ fields: [String: String]) -> SafetyState {
        SafetyState(
            engaged: fields["engaged"] == "1", reason: fields["reason"].flatMap { $0.isEmpty ? nil : $0 },
            by: fields["by"], at: fields["at"].flatMap { UnixTime(rfc3339: $0) })
    }

    static func words(outcome text: String) -> String {
        // An outcome that cannot be read is shown as it is.
        (try? value(OperationOutcome.self, text)).flatMap { $0?.words } ?? text
    }

    private static func value<Value: Decodable>(_ type: Value.Type, _ text: String?) throws -> Value? {
        try text.map { try AdminJSON.decode(type, from: Array($0.utf8)) }
    }

    private static func time(_ milliseconds: String?) -> UnixTime? {
        milliseconds.flatMap { Int64($0) }.map { UnixTime(microseconds: $0 * 1000) }
    }
}
