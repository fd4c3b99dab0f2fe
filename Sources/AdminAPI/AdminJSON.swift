import FleetModel
import FoundationEssentials

/// The JSON of the admin API: keys as the types spell them, sorted, so that two answers can be compared by eye.
package enum AdminJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let value = try JSONDecoder().decode(type, from: Data(bytes))
        try (value as? WorkerSample)?.checkRanges()
        return value
    }
}
