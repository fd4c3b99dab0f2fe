import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("The verification of an audit chain")
struct AuditVerifierTests {
    static func event(_ number: Int, worker: String = "gw-w0") -> AuditEvent {
        AuditEvent(
            id: "id-\(number)", time: UnixTime(microseconds: Int64(number) * 1_000_000), kind: .before,
            worker: WorkerID(worker), identity: "maria", origin: "unix", role: .operator, action: "drain",
            target: "gw-w\(number)")
    }

    static func chain(_ count: Int) -> [AuditRecord] {
        (1...count).reduce(into: []) { records, number in
            records.append(
                AuditRecord(event(number), after: records.last.map { AuditHead($0, first: 1) } ?? .genesis))
        }
    }

    static func head(of records: [AuditRecord], first: Int = 1) -> AuditHead {
        records.last.map { AuditHead($0, first: first) } ?? .genesis
    }

    func findings(_ records: [AuditRecord], _ head: AuditHead) -> [String] {
        var verifier = AuditVerifier()
        for record in records { verifier.take(record) }
        verifier.finish(head)
        return verifier.findings.map { "\($0.kind.rawValue) \($0.sequence.map(String.init) ?? "-")" }
    }

    let records = chain(6)

    @Test("finds nothing in a chain that was only written to, also where its oldest records were let go")
    func sound() {
        #expect(findings(records, Self.head(of: records)) == [])
        #expect(findings(Array(records[2...]), Self.head(of: records, first: 3)) == [])
        #expect(findings([], .genesis) == [])
    }

    @Test("finds an edited record, also when its own hash was made anew")
    func edited() {
        var changed = records
        changed[2].event.identity = "pedro"
        #expect(findings(changed, Self.head(of: records)) == ["edited 3"])
        changed[2].hash = changed[2].contentHash
        #expect(findings(changed, Self.head(of: records)) == ["replaced 4"])
    }

    @Test("finds a rewritten end, for the head says otherwise")
    func rewrittenEnd() {
        var changed = records
        changed[5].event.reason = "none"
        changed[5].hash = changed[5].contentHash
        #expect(findings(changed, Self.head(of: records)) == ["head 6"])
    }

    @Test("finds removed records at the beginning, in the middle and at the end")
    func removed() {
        let head = Self.head(of: records)
        #expect(findings(Array(records[1...]), head) == ["removed 1"])
        #expect(findings(records.filter { $0.sequence != 3 && $0.sequence != 4 }, head) == ["removed 3"])
        #expect(findings(Array(records[..<4]), head) == ["removed 5"])
        #expect(findings([], head) == ["removed -"])
    }

    @Test("finds records that changed their places")
    func reordered() {
        var changed = records
        changed.swapAt(2, 3)
        #expect(findings(changed, Self.head(of: records)) == ["removed 3", "reordered 3"])
    }

    @Test("finds a chain that was made anew from some record on, by a worker's own file")
    func comparison() {
        let local = (1...6).reduce(into: [AuditRecord]()) { list, number in
            list.append(
                AuditRecord(Self.event(number), after: list.last.map { AuditHead($0, first: 1) } ?? .genesis))
        }
        #expect(AuditComparison(shared: records, local: local).findings.isEmpty)
        var rewritten = Self.chain(3)
        var event = Self.event(4)
        event.reason = "forged"
        rewritten.append(AuditRecord(event, after: Self.head(of: rewritten)))
        let found = AuditComparison(shared: rewritten, local: local).findings.map(\.sequence)
        #expect(found == [4, 5, 6])
    }

    @Test("finds what a worker wrote to the chain and is not in its file, and leaves other workers alone")
    func missingInFile() {
        let other = AuditRecord(Self.event(7, worker: "gw-w1"), after: Self.head(of: records))
        let found = AuditComparison(shared: records + [other], local: records.filter { $0.sequence != 5 }).findings
        #expect(found.map(\.sequence) == [5])
    }

    @Test("distinguishes records by every field, wherever text is moved from one to the next")
    func canonical() {
        var (left, right) = (Self.event(1), Self.event(1))
        (left.reason, left.before) = ("a\nb", nil)
        (right.reason, right.before) = ("a", "b")
        #expect(AuditRecord(left, after: .genesis).hash != AuditRecord(right, after: .genesis).hash)
    }
}
