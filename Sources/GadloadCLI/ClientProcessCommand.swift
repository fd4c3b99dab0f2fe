import ArgumentParser
import LoadGenerator

/// `gadload client-process`: some of a run's clients, started by the run and never by hand.
struct ClientProcessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: name, shouldDisplay: false)
    static let name = "client-process"

    func run() async throws {
        try await ClientProcess(mint: JWTMint()).run()
    }
}
