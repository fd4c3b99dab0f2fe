import AdminAPI
import ControlPlane
import FleetModel

/// The part of the fleet's audit that has been read: from the newest record back, without gaps.
struct AuditTrail: Sendable {
    /// The newest first.
    private(set) var records: [AuditRecord] = []
    /// What does not fit in it, by the record's place.
    private(set) var findings: [AuditFinding] = []
    /// Ask with it for what is older; nil when everything is here, or nothing was read yet.
    private(set) var nextCursor: String?
    private(set) var head: AuditHead?
    private(set) var trail: AuditTrailState?
    /// When the newest page was told.
    private(set) var heardAt: UnixTime?

    /// Some thousand acts back; what is older is for `gadtop audit`.
    static let maximumRecords = 2_000

    var isFull: Bool { records.count >= Self.maximumRecords }

    /// Takes in the newest page, asked again and again.
    mutating func hear(newest page: AuditPage, at time: UnixTime) {
        guard heardAt != time else { return }
        heardAt = time
        (head, trail) = (page.head, page.trail)
        let known = records.first?.sequence ?? 0
        guard page.items.first?.sequence != known || records.isEmpty else { return }
        let fresh = page.items.filter { $0.sequence > known }
        // Nothing connects it with what is known: more happened than a page holds, or the chain is another one.
        let isApart = fresh.count == page.items.count || (page.items.first?.sequence ?? 0) < known
        records = isApart ? page.items : Array((fresh + records).prefix(Self.maximumRecords))
        if isApart { nextCursor = page.nextCursor }
        verify(page.unreadable)
    }

    /// Takes in what is older than everything that is known.
    mutating func hear(older page: AuditPage, asked cursor: String) {
        guard cursor == nextCursor, let last = records.last?.sequence else { return }
        let older = page.items.filter { $0.sequence < last }
        records += older.prefix(max(0, Self.maximumRecords - records.count))
        // A worker that says that more follows and gives nothing is asked no further.
        nextCursor = older.isEmpty ? nil : page.nextCursor
        verify(page.unreadable)
    }

    private mutating func verify(_ unreadable: [String]) {
        var verifier = AuditVerifier()
        for record in records.reversed() { verifier.take(record) }
        for place in unreadable { verifier.takeUnreadable(SafeText(place)) }
        findings = verifier.findings
    }

    /// The record before one in the chain, where it has been read.
    func record(before record: AuditRecord) -> AuditRecord? { records.first { $0.sequence &+ 1 == record.sequence } }
}
