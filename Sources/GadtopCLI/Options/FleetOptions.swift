import ArgumentParser

/// Where the fleet is found, the same for every command.
struct FleetOptions: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("Directory of the workers' admin sockets.", valueName: "dir"),
        completion: .directory)
    var runDir: String?

    @Option(name: .long, help: ArgumentHelp("Redis whose registry names the workers.", valueName: "url"))
    var redis: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Name of a file in $XDG_CONFIG_HOME/gadtop/contexts that says where the fleet is. The console "
                + "takes several.", valueName: "name"), completion: .contexts)
    var context: [String] = []

    /// `GadtopCommand` acts on it, before any command runs.
    @Flag(name: .long, help: "Be a viewer whoever you are: the workers refuse every change.")
    var readOnly = false

    func validate() throws {
        guard [runDir != nil, redis != nil, !context.isEmpty].count(where: { $0 }) <= 1 else {
            throw ValidationError("--run-dir, --redis and --context each name a fleet: give one of them.")
        }
    }

    var choice: FleetChoice {
        if let runDir { return .runDirectory(runDir) }
        if let redis { return .redis(redis) }
        switch context.count {
        case 0: return .standard
        case 1: return .context(context[0])
        default: return .contexts(context)
        }
    }
}
