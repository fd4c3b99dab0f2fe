import Yams

/// A value of the configuration file with the place where it stands.
struct FileValue {
    let place: FilePlace
    private let node: Node

    private init(_ node: Node, at place: FilePlace) {
        self.node = node
        self.place = place
    }

    /// The whole of a file; nil when it is empty.
    /// - Throws: `SettingError`, with the line. The text itself may hold secrets and is not repeated.
    static func document(_ text: String, path: String) throws -> FileValue? {
        do {
            guard let node = try Yams.compose(yaml: text) else { return nil }
            return FileValue(node, at: FilePlace(path: path, line: node.line, key: ""))
        } catch let error as YamlError {
            throw error.refusal(path: path, text: text)
        }
    }

    /// - Parameter request: what would be right here, for the refusal of anything but one value: "give …".
    func text(request: String) throws -> String {
        switch node {
        case .scalar(let scalar) where !scalar.string.isEmpty || scalar.style != .plain: return scalar.string
        case .scalar: throw place.refusal("no value is given: \(request), or leave the key out")
        case .sequence: throw place.refusal("a list is not allowed: \(request)")
        case .mapping, .alias: throw place.refusal("a mapping is not allowed: \(request)")
        }
    }

    var isList: Bool {
        switch node {
        case .sequence: true
        case .scalar, .mapping, .alias: false
        }
    }

    func items(request: String) throws -> [FileValue] {
        guard case .sequence(let sequence) = node else { throw place.refusal("this is no list: \(request)") }
        return sequence.enumerated().map { FileValue($1, at: place.item($0, line: $1.line)) }
    }

    /// The values by key, in the order of the file; each has its key's line.
    func entries() throws -> [(key: String, value: FileValue)] {
        guard case .mapping(let mapping) = node else {
            throw place.refusal("this is no mapping: give \"key: value\" for each setting, or leave the key out")
        }
        return try mapping.map { key, value in
            guard case .scalar(let name) = key else {
                throw FilePlace(path: place.path, line: key.line, key: place.key).refusal("a key is a word")
            }
            return (name.string, FileValue(value, at: place.child(name.string, line: key.line)))
        }
    }

    /// A refusal at a key within this mapping, or as near to it as the file has something.
    func refusal(at path: String..., words: String) -> SettingError {
        var nearest = self
        for (depth, name) in path.enumerated() {
            // Only mappings are looked into, and those were read before.
            guard let next = try? nearest.entries().first(where: { $0.key == name })?.value else {
                let missing = path[depth...].reduce(nearest.place) { $0.child($1, line: nearest.place.line) }
                return missing.refusal(words)
            }
            nearest = next
        }
        return nearest.place.refusal(words)
    }
}

extension Node {
    fileprivate var line: Int { mark?.line ?? 1 }
}

extension YamlError {
    /// Without what the library adds of the file's text.
    fileprivate func refusal(path: String, text: String) -> SettingError {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            SettingError("\(path):\(mark.line): not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            SettingError("\(path):\(context.mark.line): \(keys.first ?? ""): this key is given twice; leave one out")
        case .reader(let problem, let offset, _, _):
            SettingError("\(path):\(Self.line(at: offset ?? 0, of: text)): not YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            SettingError("\(path):1: not YAML")
        }
    }

    private static func line(at offset: Int, of text: String) -> Int {
        text.prefix(offset).count { $0.isNewline } + 1
    }
}
