import ArgumentParser

/// `gadtop operations`
struct OperationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operations", abstract: "See what operates on the fleet, watch it, cancel it, or take it over.",
        discussion: """
            Every drain, rebalance and drill is an operation that all who look can see. Whoever began one leads it; \
            when its leader is gone, another may take it over or cancel it.

            Examples:
              gadtop operations list
              gadtop operations show 4f9a12c07b3e --watch
              gadtop operations cancel 4f9a12c07b3e --reason "wrong node" --yes
              gadtop operations takeover 4f9a12c07b3e
            """,
        subcommands: [
            ListOperationsCommand.self, ShowOperationCommand.self, CancelOperationCommand.self,
            TakeOverOperationCommand.self,
        ])
}

/// Names the operation that a command is about.
struct OperationArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("As 'gadtop operations list' prints it.", valueName: "id"))
    var id: String
}
