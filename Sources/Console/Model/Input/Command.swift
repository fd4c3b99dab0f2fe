import FleetModel

/// What a line after `:` says.
enum Command: Equatable {
    /// A page, and what it is to show.
    case page(PageKind, [String])
    case action(Action)
    case theme(String)
    case language(Language)
    case sort(String)
    case filter(String)
    case export(String)
    case mouse(Bool)
    /// Other fleets, by the names of their contexts.
    case contexts([String])
    case jump(String)
    /// nil ends it.
    case record(String?)

    /// - Returns: nil for what is none, or has not what it takes.
    init?(_ name: String, _ arguments: [String]) {
        if let kind = Self.pages.first(where: { $0.command == name }) {
            self = .page(kind, arguments)
            return
        }
        if let action = Self.actions[name], !(action == .jump && !arguments.isEmpty) {
            self = .action(action)
            return
        }
        if name == "keys" {
            self = .page(.help, [])
            return
        }
        guard let argument = arguments.first else { return nil }
        switch name {
        case "theme": self = .theme(argument)
        case "lang":
            guard let language = Language(argument) else { return nil }
            self = .language(language)
        case "sort": self = .sort(argument)
        case "filter": self = .filter(argument)
        case "export": self = .export(argument)
        case "mouse": self = .mouse(argument == "on")
        case "context", "contexts":
            guard name == "contexts" || arguments.count == 1 else { return nil }
            let names = arguments.flatMap { $0.split(separator: ",").map(String.init) }
            var seen: Set<String> = []
            self = .contexts(names.filter { seen.insert($0).inserted })
        case "jump": self = .jump(arguments.joined(separator: " "))
        case "record": self = .record(argument == "off" ? nil : argument)
        default: return nil
        }
    }

    static let pages = PageKind.allCases.filter { $0 != .worker }

    /// Acts and switches by the names they have in the file of keys; what only a key makes sense for is left out.
    private static let actions: [String: Action] = {
        let words: [Action] = [
            .drain, .undrain, .rebalance, .throttle, .broadcast, .breaker, .kick, .drill, .safety, .pause, .wide,
            .columns, .split, .highlight, .copy, .dismiss, .redraw, .lookBack, .jump, .quit,
        ]
        let named = words.map { ($0.rawValue, $0) } + [("q", Action.quit)]
        return Dictionary(named) { first, _ in first }
    }()

    /// In the order in which they are offered.
    static let names =
        (pages.map(\.command) + actions.keys + others).sorted()

    private static let others = [
        "theme", "lang", "sort", "filter", "export", "mouse", "context", "contexts", "keys", "record",
    ]
}
