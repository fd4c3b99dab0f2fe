import ArgumentParser

/// `gadtop audit`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "See what was done to the fleet by whom, and check that nobody changed that record.",
        discussion: """
            Every change is written down before it happens and again with its outcome, in a chain of hashes in Redis \
            and in a file of the worker that was asked.

            Examples:
              gadtop audit list --limit 20
              gadtop audit verify
              gadtop audit verify --file /var/lib/gadgate/audit/gw1-w0.jsonl
            """,
        subcommands: [ListAuditCommand.self, VerifyAuditCommand.self])
}

/// `gadtop audit list`
struct ListAuditCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print what was done, begun and denied, the newest first.",
        discussion: """
            Examples:
              gadtop audit list --limit 20
              gadtop audit list -o json | jq '.[] | select(.kind == "denied")'
            """)

    @OptionGroup var options: GetOptions
    @OptionGroup var length: AuditLength

    func execute() async throws { try await AuditListing.print(options, limit: length.limit) }
}

/// `gadtop get audit`
struct GetAuditCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Print what was done, begun and denied, the newest first.",
        discussion: """
            Examples:
              gadtop get audit --limit 20
              gadtop get audit -o json | jq '.[] | select(.kind == "denied")'
            """)

    @OptionGroup var options: GetOptions
    @OptionGroup var length: AuditLength

    func execute() async throws { try await AuditListing.print(options, limit: length.limit) }
}

/// How much of the audit is printed.
struct AuditLength: ParsableArguments {
    @Option(name: .long, help: "How many records to print.")
    var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is 1 or more.") }
    }
}
