import ArgumentParser

/// `gadgate check`: says whether `gadgate serve` would take a configuration.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a configuration without serving.",
        discussion: """
            Takes the flags of "gadgate serve", reads the same environment and file, and says whether serve would take \
            them; before a SIGHUP, it says whether the reload would. Exit status: 0 right, 1 not.
            """)

    @OptionGroup var options: ServeOptions

    func run() throws {
        let source = ConfigurationSource(options, machine: .current)
        let configuration = try source.read()
        try configuration.checkCertificates()
        for warning in configuration.warnings { print("warning: \(warning.words)") }
        print("\(source.path ?? "the configuration") is right")
    }
}
