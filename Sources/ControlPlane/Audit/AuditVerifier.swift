import AdminAPI
import FleetModel

/// Walks a chain from its oldest record on and tells everything that does not fit; a pure value.
package struct AuditVerifier: Sendable {
    package private(set) var findings: [AuditFinding] = []
    package private(set) var count = 0
    package private(set) var first: AuditRecord?
    package private(set) var last: AuditRecord?

    package init() {}

    /// Takes the next record in the order in which they are kept.
    package mutating func take(_ record: AuditRecord) {
        count += 1
        if record.contentHash != record.hash {
            note(.edited, record, "record \(record.sequence) was edited: its hash is not that of its content")
        }
        if let last { check(record, after: last) } else { checkFirst(record) }
        if first == nil { first = record }
        // A record out of its place must not make all after it look moved.
        if record.sequence > last?.sequence ?? 0 { last = record }
    }

    /// Tells of something in the chain's place that is no record.
    package mutating func takeUnreadable(_ place: SafeText) {
        findings.append(AuditFinding(.unreadable, at: nil, "\(place) holds no audit record: it was edited"))
    }

    /// Compares the chain's ends with what its keeper says; called once, after the last record.
    package mutating func finish(_ head: AuditHead) {
        guard let first, let last else {
            if head.sequence > 0 {
                findings.append(
                    AuditFinding(.removed, at: nil, "the head says \(head.sequence) records, and there is none"))
            }
            return
        }
        if first.sequence > head.first {
            noteGap(from: head.first, to: first.sequence - 1)
        }
        if last.sequence < head.sequence {
            noteGap(from: last.sequence + 1, to: head.sequence)
        } else if last.sequence > head.sequence || last.hash != head.hash {
            note(.head, last, "the chain ends with record \(last.sequence), which is not what its head says")
        }
    }

    private mutating func checkFirst(_ record: AuditRecord) {
        if record.sequence == 1, record.previousHash != AuditHead.genesis.hash {
            note(.replaced, record, "record 1 does not begin the chain: it names a record before it")
        }
    }

    private mutating func check(_ record: AuditRecord, after last: AuditRecord) {
        if record.sequence <= last.sequence {
            note(
                .reordered, record,
                "record \(record.sequence) stands after record \(last.sequence): it was moved or repeated")
        } else if record.sequence > last.sequence + 1 {
            noteGap(from: last.sequence + 1, to: record.sequence - 1)
        } else if record.previousHash != last.hash {
            note(
                .replaced, record,
                "record \(record.sequence) does not continue record \(last.sequence): one of the two was replaced")
        }
    }

    private mutating func noteGap(from start: Int, to end: Int) {
        let words: SafeText =
            start == end ? "record \(start) was removed" : "records \(start) to \(end) were removed"
        findings.append(AuditFinding(.removed, at: start, words))
    }

    private mutating func note(_ kind: AuditFinding.Kind, _ record: AuditRecord, _ words: SafeText) {
        findings.append(AuditFinding(kind, at: record.sequence, words))
    }
}
