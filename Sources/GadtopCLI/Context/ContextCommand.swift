import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop context`
struct ContextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context", abstract: "List the fleets that you have names for, and choose one.",
        discussion: """
            A context is a file NAME.yaml in $XDG_CONFIG_HOME/gadtop/contexts (or ~/.config/gadtop/contexts) with \
            'run_dir: DIR', 'redis: URL' or 'workers: {NAME: https://HOST:PORT}'; the last two take 'ca', 'cert' and \
            'key' for workers on other machines.

            Examples:
              gadtop context list
              gadtop context use production
              gadtop context use --local
            """,
        subcommands: [ListContextsCommand.self, UseContextCommand.self])
}

/// `gadtop context list`
struct ListContextsCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the contexts there are, and which is in use.",
        discussion: """
            Examples:
              gadtop context list
              gadtop context list -o json | jq -r '.[] | select(.current) | .name'
            """)

    @Option(name: .shortAndLong, help: "table, wide, json or csv.")
    var output: OutputFormat = .table

    func execute() async throws {
        let environment = ProcessInfo.processInfo.environment
        let current = CurrentContext.name(environment)
        let entries = ContextDirectory(environment).names.map { name -> (String, Bool, SafeText, SafeText) in
            do {
                let source = try ContextFile.source(named: name, environment: environment)
                return (name, name == current, source.name, "")
            } catch {
                return (name, name == current, "", SafeText((error as? CommandFailure)?.message ?? "\(error)"))
            }
        }
        Print.output(Self.text(entries, as: output))
    }

    private static func text(_ entries: [(String, Bool, SafeText, SafeText)], as format: OutputFormat) -> String {
        let records = entries.map { name, isCurrent, fleet, problem in
            OutputRecord(fields: [
                ("name", .text(name)), ("current", .boolean(isCurrent)), ("fleet", .text(fleet)),
                ("problem", problem.isEmpty ? .none : .text(problem)),
            ])
        }
        switch format {
        case .json: return OutputRecord.json(records)
        case .csv: return OutputRecord.csv(records, columns: ["name", "current", "fleet", "problem"])
        case .table, .wide:
            var table = TextTable([
                .init("CURRENT", .left), .init("NAME", .left), .init("FLEET", .left), .init("PROBLEM", .left),
            ])
            table.rows = entries.map { [$0.1 ? "*" : "", SafeText($0.0), $0.2, $0.3] }
            return table.text
        }
    }
}

/// `gadtop context use`
struct UseContextCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Choose the fleet for commands that name none.",
        discussion: """
            Examples:
              gadtop context use production
              gadtop context use --local
            """)

    @Argument(help: ArgumentHelp("As 'gadtop context list' prints it.", valueName: "name"), completion: .contexts)
    var name: String?

    @Flag(name: .long, help: "The gateway on this machine.")
    var local = false

    func validate() throws {
        guard (name == nil) == local else { throw ValidationError("Give the name of a context, or --local.") }
    }

    func execute() async throws {
        let environment = ProcessInfo.processInfo.environment
        // One that cannot be read would break every command that follows.
        if let name { _ = try ContextFile.source(named: name, environment: environment) }
        do {
            try CurrentContext.set(name, environment)
        } catch {
            throw CommandFailure(.failed, "the choice cannot be written: \(SafeText(String(describing: error)))")
        }
        Print.output(name.map { "context \(SafeText($0)) is in use" } ?? "the gateway on this machine is in use")
    }
}
