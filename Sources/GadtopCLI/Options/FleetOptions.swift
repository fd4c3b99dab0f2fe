import ArgumentParser
import FoundationEssentials
import Glibc

/// Where the fleet is found, the same for every command.
struct FleetOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Directory of the workers' admin sockets.", valueName: "dir"))
    var runDir: String?

    @Option(name: .long, help: ArgumentHelp("Redis whose registry names the workers.", valueName: "url"))
    var redis: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Name of a file in $XDG_CONFIG_HOME/gadtop/contexts that says where the fleet is.", valueName: "name"))
    var context: String?

    func validate() throws {
        guard [runDir, redis, context].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("--run-dir, --redis and --context each name a fleet: give one of them.")
        }
    }

    /// - Throws: `CommandFailure` when the context cannot be read.
    func source(environment: [String: String]) throws -> FleetSource {
        if let runDir { return .directory(runDir) }
        if let redis { return try FleetSource(registry: redis) }
        if let context { return try ContextFile.source(named: context, environment: environment) }
        return .directory(Self.defaultRunDirectory(environment: environment))
    }

    /// The same that gadgate takes when it is told nothing.
    static func defaultRunDirectory(environment: [String: String]) -> String {
        if let runtime = environment["XDG_RUNTIME_DIR"], !runtime.isEmpty { return runtime + "/gadgate" }
        return "/tmp/gadgate-\(getuid())"
    }
}
