/// A count of bytes, so that a size cannot be mistaken for a number of something else.
package struct ByteCount: Hashable, Sendable, Comparable, Codable, AdditiveArithmetic {
    package var bytes: Int64

    package init(_ bytes: Int64) {
        self.bytes = bytes
    }

    package static let zero = ByteCount(0)
    package static func + (left: Self, right: Self) -> Self { Self(left.bytes + right.bytes) }
    package static func - (left: Self, right: Self) -> Self { Self(left.bytes - right.bytes) }
    package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

    package static func kibibytes(_ count: Int64) -> Self { Self(count * 1024) }
    package static func mebibytes(_ count: Int64) -> Self { Self(count * 1024 * 1024) }

    package init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
