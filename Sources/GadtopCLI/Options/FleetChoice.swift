import FleetModel
import Glibc

/// Which fleet the operator means, as said on the command line.
enum FleetChoice: Equatable {
    case runDirectory(String)
    case redis(String)
    case context(String)
    /// Several, which only the console looks at together.
    case contexts([String])
    /// Nothing was said: the context in use, or the gateway on this machine.
    case standard

    /// - Throws: `CommandFailure` when a context or an address cannot be read.
    func source(environment: [String: String]) throws -> FleetSource {
        switch self {
        case .runDirectory(let path): .directory(path)
        case .redis(let url): try FleetSource(registry: url)
        case .context(let name): try ContextFile.source(named: name, environment: environment)
        case .contexts(let names):
            throw CommandFailure(
                .wrongUsage, "one context at a time, not \(names.count): only the console looks at several")
        case .standard:
            if let name = CurrentContext.name(environment) {
                try ContextFile.source(named: name, environment: environment)
            } else {
                .directory(StandardRunDirectory.path(environment: environment, userID: geteuid()))
            }
        }
    }

    /// - Throws: `CommandFailure` when a context or an address cannot be read.
    func consoleFleet(environment: [String: String]) throws -> ConsoleFleet {
        switch self {
        case .context(let name): return try ConsoleFleet(contexts: [name], environment: environment)
        case .contexts(let names): return try ConsoleFleet(contexts: names, environment: environment)
        case .runDirectory, .redis, .standard:
            let source = try source(environment: environment)
            return ConsoleFleet(source, named: source.name)
        }
    }

    /// Reads arguments that are nothing but one way to name a fleet, as they are when a console is opened.
    ///
    /// The full parser takes 3 ms to set up, a quarter of the time to the first frame; it stays the judge of
    /// everything else.
    /// - Returns: nil for the parser to decide.
    init?(plainArguments arguments: [String]) {
        guard let option = arguments.first else {
            self = .standard
            return
        }
        guard arguments.count == 2, !arguments[1].hasPrefix("-") else { return nil }
        switch option {
        case "--run-dir": self = .runDirectory(arguments[1])
        case "--redis": self = .redis(arguments[1])
        case "--context": self = .context(arguments[1])
        default: return nil
        }
    }
}
