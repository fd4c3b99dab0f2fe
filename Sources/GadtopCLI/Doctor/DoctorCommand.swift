import AdminAPI
import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop doctor`
struct DoctorCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what stands between you and the fleet, and say how to mend it.",
        discussion: """
            Looks at sockets and their permissions, certificates and their ends, Redis as the workers see it, clocks, \
            your role, and whether the audit can be written. Ends with 0 when nothing fails, 1 when something does, 4 \
            when no worker is found or none answers.

            Examples:
              gadtop doctor
              gadtop doctor --context production -o json
            """)

    @OptionGroup var fleet: FleetOptions

    @Option(name: .shortAndLong, help: "How to print the outcome: text or json.")
    var output: OutcomeFormat = .text

    func execute() async throws {
        let source = try fleet.choice.source(environment: ProcessInfo.processInfo.environment)
        var findings = Self.files(source)
        let endpoints: [AdminEndpoint]
        do {
            endpoints = try await source.endpoints()
        } catch let failure as CommandFailure {
            findings.append(.fail("fleet", SafeText(failure.message), mend: "see above"))
            Print.output(DoctorReport(findings).text(as: output))
            throw ExitCode(failure.status.rawValue)
        }
        findings += endpoints.compactMap(FileCheckup(now: .now).socket)
        let (answers, reached) = await Self.workers(endpoints, through: try AdminClient())
        findings += answers
        Print.output(DoctorReport(findings).text(as: output))
        if !reached { throw ExitCode(ExitStatus.unreachable.rawValue) }
        if findings.contains(where: { $0.status == .fail }) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private static func files(_ source: FleetSource) -> [DoctorFinding] {
        let checkup = FileCheckup(now: .now)
        switch source {
        case .directory(let path): return checkup.runDirectory(path)
        case .registry(_, let credentials): return credentials.map(checkup.credentials) ?? []
        case .workers(let endpoints):
            guard case .tls(_, let credentials)? = endpoints.first?.address else { return [] }
            return checkup.credentials(credentials)
        }
    }

    /// All at once: one that hangs holds no other up.
    private static func workers(
        _ endpoints: [AdminEndpoint], through client: AdminClient
    ) async -> (findings: [DoctorFinding], reached: Bool) {
        let answers = await client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
            await WorkerCheckup(client: client, endpoint: endpoint).result()
        }
        // A checkup tells what is wrong in its findings, and never fails.
        let each = answers.compactMap { try? $0.1.get() }
        let clocks = ClockCheckup.findings(each.compactMap(\.skew))
        return (each.flatMap(\.findings) + clocks, each.contains(where: \.isReached))
    }
}

/// Findings, printed.
struct DoctorReport {
    let findings: [DoctorFinding]

    init(_ findings: [DoctorFinding]) {
        self.findings = findings
    }

    func text(as format: OutcomeFormat) -> String {
        switch format {
        case .text: findings.flatMap(Self.lines).joined(separator: "\n") + "\n" + summary
        case .json:
            OutputRecord(fields: [
                ("healthy", .boolean(count(.fail) == 0)),
                ("checks", .list(findings.map { .record(Self.record($0)) })),
            ]).json
        }
    }

    private var summary: String {
        "\(count(.ok)) ok, \(count(.warning)) warnings, \(count(.fail)) failures"
    }

    private func count(_ status: DoctorFinding.Status) -> Int { findings.count { $0.status == status } }

    private static func lines(_ finding: DoctorFinding) -> [String] {
        let mark =
            switch finding.status {
            case .ok: "ok     "
            case .warning: "warning"
            case .fail: "FAIL   "
            }
        return ["\(mark)  \(finding.subject): \(finding.words)"] + (finding.mend.map { ["         mend: \($0)"] } ?? [])
    }

    private static func record(_ finding: DoctorFinding) -> OutputRecord {
        OutputRecord(fields: [
            ("status", .text(finding.status.rawValue)), ("subject", .text(finding.subject)),
            ("message", .text(finding.words)), ("mend", finding.mend.map { .text($0) } ?? .none),
        ])
    }
}
