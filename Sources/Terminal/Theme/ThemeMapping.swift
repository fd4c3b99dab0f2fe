import Yams

/// A mapping of a theme file that knows where it stands in it, so that every complaint has a line and a key.
struct ThemeMapping {
    private let file: String
    private let path: [String]
    private let line: Int?
    private let entries: [(key: String, node: Node)]

    init(yaml: String, file: String) throws(ThemeError) {
        let root: Node?
        do {
            // The basic resolver leaves scalars as text, and so builds none of the default one's regular expressions.
            root = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw ThemeError(file: file, line: Self.line(of: error), key: "", problem: Self.problem(of: error))
        }
        guard let root else { throw ThemeError(file: file, line: nil, key: "", problem: "the file is empty") }
        try self.init(root, file: file, path: [])
    }

    private init(_ node: Node, file: String, path: [String]) throws(ThemeError) {
        self.file = file
        self.path = path
        line = node.mark?.line
        guard case .mapping(let mapping) = node else {
            throw ThemeError(
                file: file, line: node.mark?.line, key: path.joined(separator: "."), problem: "expected keys and values"
            )
        }
        entries = mapping.map { ($0.key.scalar?.string ?? "?", $0.value) }
    }

    var keys: [String] { entries.map(\.key) }

    func allow(_ known: [String]) throws(ThemeError) {
        for entry in entries where !known.contains(entry.key) {
            throw error(at: entry.key, "unknown key; known are \(known.joined(separator: ", "))")
        }
    }

    func isMapping(_ key: String) -> Bool { node(key)?.mapping != nil }

    func mapping(_ key: String) throws(ThemeError) -> ThemeMapping? {
        guard let node = node(key) else { return nil }
        return try ThemeMapping(node, file: file, path: path + [key])
    }

    func requiredMapping(_ key: String) throws(ThemeError) -> ThemeMapping {
        guard let mapping = try mapping(key) else { throw error(at: key, "missing") }
        return mapping
    }

    func text(_ key: String) throws(ThemeError) -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string else { throw error(at: key, "expected a single value") }
        return text
    }

    func requiredText(_ key: String) throws(ThemeError) -> String {
        guard let text = try text(key) else { throw error(at: key, "missing") }
        return text
    }

    func flag(_ key: String) throws(ThemeError) -> Bool {
        switch try text(key) {
        case nil, "false": return false
        case "true": return true
        case let other?: throw error(at: key, "\(other) is neither true nor false")
        }
    }

    func error(at key: String, _ problem: String) -> ThemeError {
        ThemeError(
            file: file, line: node(key)?.mark?.line ?? line, key: (path + [key]).joined(separator: "."),
            problem: problem)
    }

    private func node(_ key: String) -> Node? {
        entries.first { $0.key == key }?.node
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _)?, .parser(_, _, let mark, _)?, .composer(_, _, let mark, _)?: mark.line
        case .duplicatedKeysInMapping(_, let context)?: context.mark.line
        default: nil
        }
    }

    private static func problem(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _)?, .parser(_, let problem, _, _)?, .composer(_, let problem, _, _)?: problem
        case .duplicatedKeysInMapping(let keys, _)?: "\(keys.joined(separator: ", ")) appears twice"
        default: "not YAML: \(error)"
        }
    }
}
