import Crypto
import FleetModel

/// An event in its place in a chain: each record has the hash of the one before it, so that none can be changed, taken
/// out or moved without the next one saying so.
package struct AuditRecord: Sendable, Equatable {
    /// 1 for the first of a chain.
    package var sequence: Int
    package var event: AuditEvent
    /// Of the record before; `AuditHead.genesis.hash` for the first.
    package var previousHash: String
    /// SHA-256 of everything above in hexadecimal: see `canonicalForm`.
    package var hash: String

    /// The next record of a chain.
    package init(_ event: AuditEvent, after head: AuditHead) {
        self.init(sequence: head.sequence + 1, event: event, previousHash: head.hash, hash: "")
        hash = contentHash
    }

    package init(sequence: Int, event: AuditEvent, previousHash: String, hash: String) {
        self.sequence = sequence
        self.event = event
        self.previousHash = previousHash
        self.hash = hash
    }

    /// What `hash` is when nobody changed the record.
    package var contentHash: String {
        SHA256.hash(data: Array(canonicalForm.utf8)).hexadecimal
    }

    /// Every field by name, with the length of its value before it, so that no two records have the same form.
    package var canonicalForm: String {
        let fields: [(String, String?)] = [
            ("previous", previousHash), ("sequence", String(sequence)), ("id", event.id),
            ("time", event.time.description), ("kind", event.kind.rawValue), ("worker", event.worker.rawValue),
            ("identity", event.identity), ("origin", event.origin), ("role", event.role?.rawValue),
            ("action", event.action), ("target", event.target), ("reason", event.reason),
            ("plan_hash", event.planHash), ("operation", event.operation), ("before", event.before),
            ("after", event.after), ("outcome", event.outcome), ("begun", event.begun),
        ]
        return fields.reduce(into: "gad-audit-1\n") { form, field in
            form += field.0 + " " + (field.1.map { "\($0.utf8.count)\n\($0)" } ?? "-") + "\n"
        }
    }
}

extension AuditRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case sequence, hash
        case previousHash = "previous_hash"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            sequence: try container.decode(Int.self, forKey: .sequence), event: try AuditEvent(from: decoder),
            previousHash: try container.decode(String.self, forKey: .previousHash),
            hash: try container.decode(String.self, forKey: .hash))
    }

    package func encode(to encoder: any Encoder) throws {
        try event.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .sequence)
        try container.encode(previousHash, forKey: .previousHash)
        try container.encode(hash, forKey: .hash)
    }
}

/// Where a chain ends.
package struct AuditHead: Sendable, Equatable, Codable {
    package var sequence: Int
    package var hash: String
    /// The oldest record that is kept; those before it were let go because the chain is bounded.
    package var first: Int

    package init(sequence: Int, hash: String, first: Int) {
        self.sequence = sequence
        self.hash = hash
        self.first = first
    }

    package init(_ record: AuditRecord, first: Int) {
        self.init(sequence: record.sequence, hash: record.hash, first: first)
    }

    /// Before the first record.
    package static let genesis = AuditHead(sequence: 0, hash: String(repeating: "0", count: 64), first: 1)
}

extension Sequence<UInt8> {
    fileprivate var hexadecimal: String {
        reduce(into: "") { text, byte in text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    }
}
