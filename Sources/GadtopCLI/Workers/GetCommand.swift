import ArgumentParser

/// `gadtop get`: what there is.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Print what the fleet has.",
        discussion: """
            Examples:
              gadtop get workers
              gadtop get workers -o json --watch
              gadtop get rooms -o csv > rooms.csv
              gadtop get breakers
              gadtop get connections --room ops:north
              gadtop get redis
              gadtop get throttles
              gadtop get operations
              gadtop get audit
            """,
        subcommands: [
            GetWorkersCommand.self, GetRoomsCommand.self, GetConnectionsCommand.self, GetBreakersCommand.self,
            GetRedisCommand.self, GetThrottlesCommand.self, GetOperationsCommand.self, GetAuditCommand.self,
        ])
}

/// What every `get` takes.
struct GetOptions: ParsableArguments {
    @OptionGroup var fleet: FleetOptions

    @Option(name: .shortAndLong, help: "table, wide, json or csv.")
    var output: OutputFormat = .table

    @Flag(name: .shortAndLong, help: "Print again each second, until interrupted.")
    var watch = false
}
