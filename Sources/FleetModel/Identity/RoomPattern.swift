/// Names many rooms at once: a room's name in which `*` stands for any number of characters, also none.
package struct RoomPattern: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// A name of the greatest length with a star before and behind it.
    package static let maximumLength = RoomName.maximumLength + 2
    /// Matching a name takes time with each; no sensible pattern has more.
    package static let maximumStars = 4

    package let rawValue: String
    /// What is between the stars.
    private let parts: [[UInt8]]

    /// - Returns: nil when `text` is empty, too long, has too many stars, or has a character that no room's name has.
    package init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
        let letters = String(text.filter { $0 != "*" })
        guard parts.count - 1 <= Self.maximumStars, letters.isEmpty || RoomName(letters) != nil else { return nil }
        rawValue = text
        self.parts = parts
    }

    package var description: String { rawValue }

    /// Whether it is about one room only.
    package var isExact: Bool { parts.count == 1 }

    /// The one room that it is about; nil where it names many.
    package var room: RoomName? { isExact ? RoomName(rawValue) : nil }

    package func matches(_ room: RoomName) -> Bool {
        let name = Array(room.rawValue.utf8)
        guard let head = parts.first, let tail = parts.last, parts.count > 1 else { return parts.first == name }
        guard name.count >= head.count + tail.count, name.starts(with: head),
            name.reversed().starts(with: tail.reversed())
        else { return false }
        return Self.contains(parts.dropFirst().dropLast(), in: name[head.count..<(name.count - tail.count)])
    }

    /// Whether a room whose name begins so can be among those that it names.
    package func couldMatch(prefix: String) -> Bool {
        guard let head = parts.first else { return false }
        let start = Array(prefix.utf8)
        return head.starts(with: start) || (!isExact && start.starts(with: head))
    }

    /// Whether every room that it names begins so.
    package func isWithin(prefix: String) -> Bool { parts.first?.starts(with: prefix.utf8) ?? false }

    /// The first place of each part behind the part before it: if any places fit, those do.
    private static func contains(_ parts: ArraySlice<[UInt8]>, in name: ArraySlice<UInt8>) -> Bool {
        var rest = name
        for part in parts where !part.isEmpty {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
    package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension RoomPattern: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pattern = RoomPattern(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a pattern: \(Self.rules)")
        }
        self = pattern
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// For whoever gave one that is none.
    package static let rules =
        "a pattern is a room's name (A-Za-z0-9:_.-) with up to \(maximumStars) stars, "
        + "\(maximumLength) characters at most"
}

extension SafeText {
    package init(_ pattern: RoomPattern) { self.init(pattern.rawValue) }
}

extension CriticalityRules {
    /// Prefixes of critical rooms that a pattern can reach; a rule that stands behind one that takes all its rooms
    /// decides nothing.
    package func criticalPrefixes(within reach: RoomPattern) -> [String] {
        rules.enumerated().compactMap { index, rule in
            guard rule.criticality == .critical, reach.couldMatch(prefix: rule.prefix) else { return nil }
            return rules[..<index].contains { rule.prefix.hasPrefix($0.prefix) } ? nil : rule.prefix
        }
    }
}
