import Yams

/// Reads the configuration file: a YAML mapping from setting to value, one level deep.
enum SettingsFile {
    /// - Throws: `SettingError`, with the line.
    static func read(_ text: String, path: String) throws -> [Setting: GivenValue] {
        guard let root = try compose(text, path: path) else { return [:] }
        guard case .mapping(let mapping) = root else {
            throw SettingError("\(path):\(line(of: root)): the file is not a mapping of settings, like \"port: 8080\"")
        }
        return try mapping.reduce(into: [:]) { values, pair in
            let setting = try setting(pair.key, path: path)
            let value = GivenValue(
                text: try value(of: pair.value, setting, path: path), source: .file(path, line: line(of: pair.key)))
            guard values.updateValue(value, forKey: setting) == nil else {
                throw SettingError("\(path):\(line(of: pair.key)): \(setting.rawValue) is given twice")
            }
        }
    }

    private static func compose(_ text: String, path: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw SettingError("\(path): not YAML: \(error)")
        }
    }

    private static func setting(_ key: Node, path: String) throws -> Setting {
        let name = key.scalar?.string ?? ""
        guard let setting = Setting(rawValue: name) else {
            let known = Setting.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingError("\(path):\(line(of: key)): there is no setting \"\(name)\"; there are \(known)")
        }
        return setting
    }

    /// A list counts as its items with commas between, as it would be written in a flag.
    private static func value(of value: Node, _ setting: Setting, path: String) throws -> String {
        switch value {
        case .scalar(let scalar): return scalar.string
        case .sequence(let items):
            return try items.map { try Self.value(of: $0, setting, path: path) }.joined(separator: ",")
        case .mapping, .alias:
            throw SettingError("\(path):\(line(of: value)): \(setting.rawValue) takes a value, not a mapping")
        }
    }

    private static func line(of node: Node) -> Int { node.mark?.line ?? 1 }
}
