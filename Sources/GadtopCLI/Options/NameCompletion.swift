import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// Names that a shell offers, from what can be read at once: a directory, a file. Nobody is asked over a network, for a
/// person holds the tab key.
enum NameCompletion {
    /// Workers of the fleet that the rest of the line names.
    static func workers(_ line: [String], _ environment: [String: String]) -> [String] {
        // A line that names no fleet has no names to offer, and a shell no place for the reason.
        guard let source = try? choice(in: line).source(environment: environment) else { return [] }
        return switch source {
        case .directory(let path): SocketDirectory(path).endpoints()?.map(\.worker.rawValue) ?? []
        case .workers(let endpoints): endpoints.map(\.worker.rawValue)
        case .registry: []
        }
    }

    static func contexts(_ environment: [String: String]) -> [String] { ContextDirectory(environment).names }

    private static func choice(in line: [String]) -> FleetChoice {
        if let path = value(of: "--run-dir", in: line) { return .runDirectory(path) }
        if let url = value(of: "--redis", in: line) { return .redis(url) }
        return value(of: "--context", in: line).map { .context($0) } ?? .standard
    }

    /// As it stands behind the option or in one word with it.
    private static func value(of option: String, in line: [String]) -> String? {
        if let joined = line.last(where: { $0.hasPrefix(option + "=") }) {
            return String(joined.dropFirst(option.count + 1))
        }
        guard let place = line.lastIndex(of: option), place + 1 < line.count else { return nil }
        return line[place + 1]
    }
}

extension CompletionKind {
    static let workers = custom { line, _, _ in
        NameCompletion.workers(line, ProcessInfo.processInfo.environment)
    }
    static let contexts = custom { _, _, _ in NameCompletion.contexts(ProcessInfo.processInfo.environment) }
}
