/// Codes a count that others are added to: one that is negative, or more than a fleet could add up, is none.
@propertyWrapper
package struct BoundedCount: Sendable, Equatable, Codable {
    package var wrappedValue: Int

    package init(wrappedValue: Int) {
        self.wrappedValue = wrappedValue
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = try container.decode(Int.self)
        guard wrappedValue >= 0, wrappedValue.magnitude <= SampleCodec.maximumCount else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a count")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}
