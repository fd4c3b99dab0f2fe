import FleetModel

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
}

// MARK: - Values by type

extension Settings {
    func text(_ setting: Setting) -> String? { values[setting]?.text }

    func integer(_ setting: Setting, in range: ClosedRange<Int>) throws -> Int? {
        try value(setting, allowed: "give a whole number from \(range.lowerBound) to \(range.upperBound)") {
            Int($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func flag(_ setting: Setting) throws -> Bool {
        try value(setting, allowed: "give true or false") { ["true": true, "false": false][$0.lowercased()] } ?? false
    }

    func duration(_ setting: Setting, in range: ClosedRange<Duration>) throws -> Duration? {
        let allowed =
            "give a time from \(DurationText.write(range.lowerBound)) to \(DurationText.write(range.upperBound)), "
            + "like 500ms, 30s or 2m"
        return try value(setting, allowed: allowed) { text in
            DurationText.read(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func byteCount(_ setting: Setting, in range: ClosedRange<ByteCount>) throws -> ByteCount? {
        let allowed =
            "give a size from \(range.lowerBound.bytes) to \(range.upperBound.bytes) bytes, like 64KiB or 1MiB"
        return try value(setting, allowed: allowed) { text in
            ByteCountText.read(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func list(_ setting: Setting) -> [String]? {
        values[setting]?.text.split(separator: ",").map { $0.trimming(" ") }.filter { !$0.isEmpty }
    }

    /// - Parameter parse: nil for a text that is not allowed.
    func value<Value>(_ setting: Setting, allowed: String, parse: (String) -> Value?) throws -> Value? {
        guard let given = values[setting] else { return nil }
        guard let value = parse(given.text) else { throw SettingError(setting, given, allowed: allowed) }
        return value
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}
