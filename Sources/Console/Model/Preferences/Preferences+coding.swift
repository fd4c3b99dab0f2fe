import FleetModel

/// How preferences are kept. What another version wrote is no reason to lose the rest: a key that is missing, unknown
/// or of another shape is read over, and only what is no object at all is refused.
extension Preferences: Codable {
    private enum CodingKeys: String, CodingKey {
        case theme, language, tables, history
        case isMouseOn = "mouse"
        case highlightsChanges = "highlight"
        case isWide = "wide"
    }

    package init(from decoder: any Decoder) throws {
        let kept = try decoder.container(keyedBy: CodingKeys.self)
        let standard = Preferences()
        theme = kept.lenient(.theme)
        language = kept.lenient(.language)
        isMouseOn = kept.lenient(.isMouseOn) ?? standard.isMouseOn
        highlightsChanges = kept.lenient(.highlightsChanges) ?? standard.highlightsChanges
        isWide = kept.lenient(.isWide) ?? standard.isWide
        let tables: [String: TableState.Preferences] = kept.lenient(.tables) ?? [:]
        self.tables = tables.filter { PageKind(rawValue: $0.key) != nil }
        let lines: [String] = kept.lenient(.history) ?? []
        history = lines.filter { $0.utf8.count <= CommandLine.maximumLength }.suffix(Self.maximumHistory)
    }

    package func encode(to encoder: any Encoder) throws {
        var kept = encoder.container(keyedBy: CodingKeys.self)
        try kept.encodeIfPresent(theme, forKey: .theme)
        try kept.encodeIfPresent(language, forKey: .language)
        try kept.encode(isMouseOn, forKey: .isMouseOn)
        try kept.encode(highlightsChanges, forKey: .highlightsChanges)
        try kept.encode(isWide, forKey: .isWide)
        try kept.encode(tables, forKey: .tables)
        try kept.encode(history, forKey: .history)
    }
}

extension TableState.Preferences: Codable {
    private enum CodingKeys: String, CodingKey {
        case sort, hidden, added
        case isInverted = "inverted"
    }

    package init(from decoder: any Decoder) throws {
        let kept = try decoder.container(keyedBy: CodingKeys.self)
        sort = kept.lenient(.sort)
        isInverted = kept.lenient(.isInverted) ?? false
        hidden = kept.lenient(.hidden) ?? []
        added = kept.lenient(.added) ?? []
    }

    package func encode(to encoder: any Encoder) throws {
        var kept = encoder.container(keyedBy: CodingKeys.self)
        try kept.encodeIfPresent(sort, forKey: .sort)
        try kept.encode(isInverted, forKey: .isInverted)
        try kept.encode(hidden.sorted(), forKey: .hidden)
        try kept.encode(added.sorted(), forKey: .added)
    }
}

extension KeyedDecodingContainer {
    fileprivate func lenient<Value: Decodable>(_ key: Key) -> Value? {
        // What is there and cannot be read counts as missing: the standard stands in for it.
        try? decodeIfPresent(Value.self, forKey: key)
    }
}
