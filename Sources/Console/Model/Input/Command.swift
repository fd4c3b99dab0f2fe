import FleetModel

/// What a line after `:` says.
enum Command: Equatable {
    /// A page, with a filter for its table.
    case page(PageKind, filter: String?)
    case action(Action)
    case theme(String)
    case language(Language)
    case sort(String)
    case filter(String)
    case export(String)
    case mouse(Bool)
    case jump(String)
    /// nil ends it.
    case record(String?)

    /// - Returns: nil for what is none, or has not what it takes.
    init?(_ name: String, _ arguments: [String]) {
        if let kind = Self.pages.first(where: { $0.command == name }) {
            self = .page(kind, filter: arguments.first)
            return
        }
        if let action = Self.actions[name], !(action == .jump && !arguments.isEmpty) {
            self = .action(action)
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
        (pages.map(\.command) + actions.keys + ["theme", "lang", "sort", "filter", "export", "mouse", "record"]).sorted()
}
