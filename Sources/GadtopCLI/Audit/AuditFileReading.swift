import AdminAPI
import ControlPlane
import FleetModel
import FoundationEssentials

/// Workers' audit files as read from the disk, each chain checked.
struct AuditFileReading {
    private(set) var records: [AuditRecord] = []
    private(set) var findings: [AuditFinding] = []

    /// - Throws: `CommandFailure` for a file that cannot be read.
    init(_ paths: [String]) throws {
        var chains: [WorkerID: [[AuditRecord]]] = [:]
        for path in paths {
            let found = try Self.read(path, &findings)
            if let worker = found.first?.event.worker { chains[worker, default: []].append(found) }
        }
        for parts in chains.sorted(by: { $0.key < $1.key }).map(\.value) {
            // Files are put in order; what is within each stays as it stands there.
            let chain = parts.sorted { ($0.first?.sequence ?? 0) < ($1.first?.sequence ?? 0) }.flatMap { $0 }
            var verifier = AuditVerifier()
            for record in chain { verifier.take(record) }
            findings += verifier.findings
            records += chain
        }
    }

    private static func read(_ path: String, _ findings: inout [AuditFinding]) throws -> [AuditRecord] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.failed, "\(SafeText(path)) cannot be read: is it there, and may you read it?")
        }
        var records: [AuditRecord] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                records.append(try AdminJSON.decode(AuditRecord.self, from: Array(line)))
            } catch {
                findings.append(
                    AuditFinding(
                        .unreadable, at: nil,
                        "line \(number + 1) of \(SafeText(path)) is no audit record: it was edited"))
            }
        }
        return records
    }
}
