import AdminAPI
import ArgumentParser
import FleetModel

/// What every command takes that changes the fleet.
struct MutationOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Why; shown to everyone who looks.", valueName: "text"))
    var reason: String?

    @Flag(name: .long, help: "Print what would be done, and do nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask; needed when standard input is no terminal.")
    var yes = false

    @Option(name: .shortAndLong, help: "How to print the outcome: text or json.")
    var output: OutcomeFormat = .text

    func validate() throws {
        let longest = DrainRequest.maximumReasonLength
        guard reason.map({ $0.count <= longest && SafeText($0).text == $0 }) ?? true else {
            throw ValidationError("--reason takes up to \(longest) printable characters on one line.")
        }
    }
}
