import Gateway

/// What a configuration file says: settings that are flags too, and the policy in its sections.
struct ConfigurationFile {
    var settings: [Setting: GivenValue] = [:]
    var policy = GatewayPolicy()

    init() {}

    /// - Throws: `SettingError`, with file, line and key.
    init(_ text: String, path: String) throws {
        guard let document = try FileValue.document(text, path: path) else { return }
        let names = Setting.allCases.map(\.rawValue)
        try FileSection<GatewayPolicy>.policy.read(document, into: &policy, others: names)
        for entry in try document.entries() {
            guard let setting = Setting(rawValue: entry.key) else { continue }
            settings[setting] = GivenValue(
                text: try Self.text(of: entry.value), source: .file(path, line: entry.value.place.line))
        }
    }

    /// A list counts as its items with commas between, as it would be written in a flag.
    private static func text(of value: FileValue) throws -> String {
        let request = "give a value"
        guard value.isList else { return try value.text(request: request) }
        return try value.items(request: request).map { try $0.text(request: request) }.joined(separator: ",")
    }
}
