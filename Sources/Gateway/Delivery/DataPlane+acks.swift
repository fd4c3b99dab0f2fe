import AdminAPI
import FleetModel

extension DataPlane {
    /// One page of the critical messages that the loops remember, the youngest first.
    /// - Throws: `AdminError` for a cursor that is not one of ours.
    package func acks(_ messageID: String?, after cursor: String?, limit: Int) async throws -> Page<AckReport> {
        let position = try Page<AckReport>.position(at: cursor) { AckOrder(cursor: $0) }
        var records: [String: AckRecord] = [:]
        for record in await onEachShard({ $0.ledger.records(of: messageID) }).joined() {
            records[record.messageID] = records[record.messageID].map { $0.merged(with: record) } ?? record
        }
        let all = records.values.sorted { AckOrder($0) < AckOrder($1) }
        let rest = position.map { position in all.filter { position < AckOrder($0) } } ?? all
        return Page(
            first: limit, of: rest, total: all.count, cursor: { AckOrder($0).cursor }, item: AckReport.init)
    }
}

/// A message's place in the list of acknowledgements: the youngest first, then by id. Also the list's cursor.
private struct AckOrder: Comparable {
    let microseconds: Int64
    let messageID: String

    init(_ record: AckRecord) {
        microseconds = record.publishedAt.microseconds
        messageID = record.messageID
    }

    /// - Returns: nil for text that `cursor` never is.
    init?(cursor: String) {
        let parts = cursor.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let microseconds = Int64(parts[0]) else { return nil }
        self.microseconds = microseconds
        messageID = String(parts[1])
    }

    var cursor: String { "\(microseconds)@\(messageID)" }

    static func < (left: Self, right: Self) -> Bool {
        (right.microseconds, left.messageID) < (left.microseconds, right.messageID)
    }
}

extension AckRecord {
    /// The same message on two loops.
    fileprivate func merged(with other: AckRecord) -> AckRecord {
        var sum = self
        sum.publishedAt = min(publishedAt, other.publishedAt)
        sum.delivered += other.delivered
        sum.dropped += other.dropped
        sum.acknowledged += other.acknowledged
        return sum
    }
}

extension AckReport {
    fileprivate init(_ record: AckRecord) {
        self.init(
            messageID: record.messageID, room: record.room, offset: record.position?.offset.description,
            epoch: record.position?.epoch, publishedAt: record.publishedAt, delivered: record.delivered,
            acknowledged: record.acknowledged, dropped: record.dropped)
    }
}
