import ArgumentParser

/// What every command takes that changes the fleet.
struct MutationOptions: ParsableArguments {
    @Flag(name: .long, help: "Print what would be done, and do nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask; needed when standard input is no terminal.")
    var yes = false

    @Option(name: .shortAndLong, help: "How to print the outcome: text or json.")
    var output: OutcomeFormat = .text
}
