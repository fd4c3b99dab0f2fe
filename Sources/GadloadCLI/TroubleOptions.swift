import ArgumentParser
import LoadGenerator

/// How clients make the server's life hard, and what they do for critical messages.
struct TroubleOptions: ParsableArguments {
    @Flag(help: "Acknowledge every critical message.")
    var ack = false

    @Option(help: "How many of the clients stop reading once they have joined.")
    var stuck = 0

    @Option(help: "How many clients lose their connections at once, to come back with backoff.")
    var storm: Int?

    @Option(help: ArgumentHelp("When, in seconds after publishing began.", valueName: "seconds"))
    var at = 5.0

    func validate() throws {
        guard stuck >= 0 else { throw ValidationError("--stuck is a number of clients from 0.") }
        guard storm.map({ $0 > 0 }) ?? true else { throw ValidationError("--storm is a number of clients from 1.") }
        guard (0...1e7).contains(at) else { throw ValidationError("--at is a number of seconds from 0.") }
    }

    func apply(to options: inout LoadOptions) throws {
        guard stuck + (storm ?? 0) <= options.clients else {
            throw ValidationError("--stuck and --storm together are more than the \(options.clients) of --clients.")
        }
        options.acknowledges = ack
        options.stuckClients = stuck
        options.storm = storm.map { LoadOptions.Storm(clients: $0, start: .seconds(at)) }
    }
}
