import AdminAPI
import ArgumentParser
import FleetModel

/// `gadtop operations list`
struct ListOperationsCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the latest operations, the last one first.",
        discussion: """
            Examples:
              gadtop operations list
              gadtop operations list -o wide --watch
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws {
        try await OperationListing.print(options)
    }
}

/// `gadtop get operations`
struct GetOperationsCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "operations", abstract: "Print the latest operations, the last one first.",
        discussion: """
            Examples:
              gadtop get operations
              gadtop get operations -o json | jq '.[] | select(.outcome == null)'
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws {
        try await OperationListing.print(options)
    }
}
