import ArgumentParser
import FleetModel
import Terminal

/// How the console looks and speaks, for this run; what holds without them is kept between runs, or in the environment.
struct ConsoleOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "en or es. Else what ':lang' chose, else LC_ALL, LC_MESSAGES or LANG.", valueName: "language"))
    var lang: Language?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A theme's name, or the path of a theme file with a / in it. Else what ':theme' or T chose.",
            valueName: "theme"))
    var theme: String?

    @Flag(name: .long, help: "Listen to the mouse: click to sort, select and open; M switches it too.")
    var mouse = false

    @Flag(name: .long, help: "Draw lines and charts with ASCII characters only.")
    var ascii = false

    var values: ConsoleOptionValues {
        ConsoleOptionValues(language: lang, theme: theme, isMouseOn: mouse, isASCII: ascii)
    }
}

/// What the command line says of the console.
struct ConsoleOptionValues: Equatable, Sendable {
    var language: Language?
    var theme: String?
    var isMouseOn = false
    var isASCII = false
}

extension ConsoleOptionValues {
    /// The option goes before what was kept, and that before the environment (POSIX.1-2017, 8.2).
    func language(kept: Language?, environment: [String: String]) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return language ?? kept ?? locale.flatMap { Language($0) } ?? .english
    }
}

extension ConsoleOptionValues {
    func capabilities(of terminal: TerminalCapabilities) -> TerminalCapabilities {
        isASCII ? TerminalCapabilities(colors: terminal.colors, unicode: false) : terminal
    }
}

extension Language: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
