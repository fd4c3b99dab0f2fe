import FleetModel

/// What the console looks at: one fleet, or the fleets of several contexts in one table.
struct ConsoleFleet {
    struct Member {
        /// nil for a fleet that was named in another way.
        let context: String?
        let source: FleetSource
    }

    let name: SafeText
    /// At least one.
    let members: [Member]

    /// More tables than that are looked at by nobody; and each context has a thread and links of its own.
    static let maximumContexts = 16

    init(_ source: FleetSource, named name: SafeText, context: String? = nil) {
        self.name = name
        members = [Member(context: context, source: source)]
    }

    /// - Throws: `CommandFailure` when one of them cannot be read, or there are none or too many.
    init(contexts: [String], environment: [String: String]) throws {
        guard !contexts.isEmpty, contexts.count <= Self.maximumContexts else {
            throw CommandFailure(
                .wrongUsage, "a console looks at 1 to \(Self.maximumContexts) contexts, not at \(contexts.count)")
        }
        members = try contexts.map {
            Member(context: $0, source: try ContextFile.source(named: $0, environment: environment))
        }
        name = contexts.dropFirst().reduce(SafeText(contexts[0])) { "\($0) + \(SafeText($1))" }
    }

    /// Their names where there are several; workers are then told apart by them.
    var contexts: [String] { members.count > 1 ? members.compactMap(\.context) : [] }
}
