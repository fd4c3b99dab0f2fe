/// The name of a room: 1 to 128 of `A-Za-z0-9:_.-`, checked once, at the edge.
package struct RoomName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let maximumLength = 128

    package let rawValue: String

    /// - Returns: nil when `text` is empty, too long, or has a character outside the allowed set.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.maximumLength).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        rawValue = text
    }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "-"):
            true
        default:
            false
        }
    }
}

extension RoomName: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = RoomName(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a room name: 1 to 128 of A-Za-z0-9:_.- are allowed")
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
