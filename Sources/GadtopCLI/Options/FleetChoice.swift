import FleetModel
import Glibc

/// Which fleet the operator means, as said on the command line.
enum FleetChoice: Equatable {
    case runDirectory(String)
    case redis(String)
    case context(String)
    /// Nothing was said: the context in use, or the gateway on this machine.
    case standard

    /// - Throws: `CommandFailure` when a context or an address cannot be read.
    func source(environment: [String: String]) throws -> FleetSource {
        switch self {
        case .runDirectory(let path): .directory(path)
        case .redis(let url): try FleetSource(registry: url)
        case .context(let name): try ContextFile.source(named: name, environment: environment)
        case .standard:
            if let name = CurrentContext.name(environment) {
                try ContextFile.source(named: name, environment: environment)
            } else {
                .directory(StandardRunDirectory.path(environment: environment, userID: geteuid()))
            }
        }
    }

    /// What the console calls the fleet.
    func name(of source: FleetSource) -> SafeText {
        if case .context(let name) = self { SafeText(name) } else { source.name }
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
