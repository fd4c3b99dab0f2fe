import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel
import FoundationEssentials

/// `gadtop audit verify`
struct VerifyAuditCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the whole chain, and tell every record that was edited, removed or moved.",
        discussion: """
            With --file, a worker's own file is checked too, and compared with the chain: whoever makes one anew does \
            not have the other. Give files that were set aside as well, in any order. Without a fleet that answers, \
            --file alone is checked. Ends with 1 when anything is found.

            Examples:
              gadtop audit verify
              gadtop audit verify --file /var/lib/gadgate/audit/gw1-w0.jsonl -o json
              gadtop audit verify --offline --file gw1-w0.jsonl
            """)

    @OptionGroup var fleet: FleetOptions

    @Option(
        name: .long, help: ArgumentHelp("A worker's audit file; again for more.", valueName: "path"),
        completion: .file(extensions: ["jsonl"]))
    var file: [String] = []

    @Flag(name: .long, help: "Check the files only, and ask no fleet.")
    var offline = false

    @Option(name: .shortAndLong, help: "How to print the outcome: text or json.")
    var output: OutcomeFormat = .text

    func validate() throws {
        guard !offline || !file.isEmpty else { throw ValidationError("--offline checks files: give --file.") }
    }

    func execute() async throws {
        let local = try AuditFileReading(file)
        var findings = local.findings
        var shared: [AuditRecord] = []
        if !offline {
            let reader = AuditReader(desk: try await ConnectedFleet.open(fleet).desk)
            let chain = try await reading { () throws(AdminError) in try await reader.all() }
            shared = chain.records
            findings += Self.verify(chain.records, chain.unreadable, chain.head)
            if !file.isEmpty { findings += AuditComparison(shared: shared, local: local.records).findings }
        }
        let report = AuditVerdict(shared: offline ? nil : shared.count, local: local.records.count, findings: findings)
        Print.output(report.text(as: output))
        guard findings.isEmpty else { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private static func verify(
        _ records: [AuditRecord], _ unreadable: [String], _ head: AuditHead
    ) -> [AuditFinding] {
        var verifier = AuditVerifier()
        for record in records { verifier.take(record) }
        for place in unreadable { verifier.takeUnreadable("entry \(SafeText(place)) of gad:audit") }
        verifier.finish(head)
        return verifier.findings
    }
}

/// What a verification came to.
struct AuditVerdict {
    /// Records of the chain in Redis; nil where it was not asked for.
    let shared: Int?
    let local: Int
    let findings: [AuditFinding]

    func text(as format: OutcomeFormat) -> String {
        switch format {
        case .text:
            let what = [
                shared.map { "\($0) records of the fleet's chain" }, local > 0 ? "\(local) records of files" : nil,
            ].compactMap { $0 }.joined(separator: " and ")
            guard !findings.isEmpty else { return "\(what.isEmpty ? "nothing" : what) checked: nothing was changed" }
            return (["\(what) checked, \(findings.count) findings:"] + findings.map { "  \($0.words)" })
                .joined(separator: "\n")
        case .json:
            return OutputRecord(fields: [
                ("verified", .boolean(findings.isEmpty)), ("records", shared.map { .integer($0) } ?? .none),
                ("file_records", .integer(local)),
                (
                    "findings",
                    .list(
                        findings.map { finding in
                            .record(
                                OutputRecord(fields: [
                                    ("kind", .text(finding.kind.rawValue)),
                                    ("sequence", finding.sequence.map { .integer($0) } ?? .none),
                                    ("message", .text(finding.words)),
                                ]))
                        })
                ),
            ]).json
        }
    }
}
