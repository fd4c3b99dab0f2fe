import FleetModel
import Terminal

/// The `:` line.
extension ConsoleModel {
    mutating func type(_ key: Key, into line: CommandLine) -> [ConsoleEffect] {
        var line = line
        switch key {
        case .escape: overlay = nil
        case .enter:
            overlay = nil
            return run(line.text)
        case .backspace where line.text.isEmpty: overlay = nil
        default:
            _ = line.take(key, history: preferences.history) { completions(of: $0) }
            overlay = .command(line)
        }
        return []
    }

    private mutating func run(_ text: String) -> [ConsoleEffect] {
        let words = text.split(separator: " ").map(String.init)
        guard let name = words.first else { return [] }
        guard let command = Command(name, Array(words.dropFirst())) else {
            hint = HintWords.unknownCommand
            return []
        }
        preferences.remember(text)
        return [.save(preferences)] + run(command)
    }

    private mutating func run(_ command: Command) -> [ConsoleEffect] {
        switch command {
        case .page(let kind, let arguments): return go(to: kind, arguments)
        case .action(let action): return perform(action)
        case .theme(let name): return [.theme(name)]
        case .language(let language): return change { $0.language = language } + [.speak(language), .redraw]
        case .sort(let column): return sort(by: column)
        case .filter(let text): return use(filter: text)
        case .export(let path): return export(to: path)
        case .contexts(let names): return open(contexts: names)
        case .jump(let time): return jump(to: time)
        case .record(let path): return record(to: path)
        case .mouse(let isOn): return change { $0.isMouseOn = isOn } + [.mouse(isOn)]
        }
    }

    private mutating func go(to kind: PageKind, _ arguments: [String]) -> [ConsoleEffect] {
        guard !arguments.isEmpty else { return go(to: kind) }
        // The fleet's page is always there, and keeps its place.
        var page: any ConsolePage = kind == .fleet ? pages.root : kind.page(preferences)
        if case .hint(let words) = page.take(arguments) {
            hint = words
            return []
        }
        return go(to: page)
    }

    private mutating func use(filter: String) -> [ConsoleEffect] {
        page.table?.filter = RowFilter(filter)
        return []
    }

    private mutating func sort(by column: String) -> [ConsoleEffect] {
        guard let source = page.source(context),
            let found = source.columns.first(where: { $0.id == column && $0.order != nil })
        else {
            hint = HintWords.unknownColumn(SafeText(column))
            return []
        }
        page.table?.sort(by: found.id)
        return keepTable()
    }

    /// What a command line could become.
    private func completions(of text: String) -> [String] {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1 else { return Command.names.filter { $0.hasPrefix(text) } }
        // Only `contexts` takes more than one.
        guard words.count == 2 || words[0] == "contexts", let typed = words.last else { return [] }
        let before = words.dropLast()
        return arguments(of: words[0]).filter { $0.hasPrefix(typed) && !before.dropFirst().contains($0) }
            .map { (before + [$0]).joined(separator: " ") }
    }

    private func arguments(of name: String) -> [String] {
        switch name {
        case "theme": ThemeNames.shipped + names.themes
        case "context", "contexts": names.contexts
        case "lang": Language.allCases.map(\.rawValue)
        case "mouse": ["on", "off"]
        case "record": ["off"]
        case "sort": page.source(context)?.columns.filter { $0.order != nil }.map(\.id) ?? []
        case "filter", PageKind.fleet.command: live.fleet.workers.keys.map { SafeText($0).text }.sorted()
        case PageKind.rooms.command: live.snapshot.rooms.rows.map(\.room.rawValue)
        case PageKind.connections.command:
            ConnectionScope.Field.allCases.map { $0.rawValue + ":" }
                + live.snapshot.rooms.rows.map { "room:" + $0.room.rawValue }
                + live.fleet.workers.keys.map { "worker:" + SafeText($0).text }.sorted()
        default: []
        }
    }
}
