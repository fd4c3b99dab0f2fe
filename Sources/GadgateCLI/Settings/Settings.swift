/// All values that were given, each from its strongest source: flag, then environment, then file.
struct Settings: Sendable {
    private let values: [Setting: GivenValue]

    init(flags: [Setting: String], environment: [String: String], file: [Setting: GivenValue]) throws {
        let flagged = flags.mapValues { GivenValue(text: $0, source: .flag) }
        let fromEnvironment = try Self.read(environment)
        values = file.merging(fromEnvironment) { $1 }.merging(flagged) { $1 }
    }

    private static func read(_ environment: [String: String]) throws -> [Setting: GivenValue] {
        let ours = environment.filter { $0.key.hasPrefix(Setting.environmentPrefix) && $0.key != Setting.fileVariable }
        let known = Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0.environmentName, $0) })
        return try ours.sorted { $0.key < $1.key }.reduce(into: [:]) { values, pair in
            guard let setting = known[pair.key] else {
                let names = Setting.allCases.map(\.environmentName).joined(separator: ", ")
                throw SettingError(
                    "environment variable \(pair.key): there is no such setting; there are \(names)")
            }
            values[setting] = GivenValue(text: pair.value, source: .environment)
        }
    }

    func given(_ setting: Setting) -> GivenValue? { values[setting] }

    func text(_ setting: Setting) -> String? { values[setting]?.text }

    /// - Returns: nil where nothing is given.
    func value<Value>(_ setting: Setting, _ kind: Kind<Value>) throws -> Value? {
        guard let given = values[setting] else { return nil }
        guard let value = kind.read(given.text) else { throw SettingError(setting, given, request: kind.request) }
        return value
    }

    /// - Parameter words: what is wrong with the value that was given.
    func refusal(of setting: Setting, _ words: String) -> SettingError {
        SettingError("\(values[setting]?.source.name(of: setting) ?? setting.rawValue): \(words)")
    }
}
