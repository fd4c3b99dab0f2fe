import NIOCore

/// One reply of Redis in RESP2, as values of ours: nothing in it points into the parser.
package enum RESPValue: Sendable, Equatable {
    /// A status, such as `OK`.
    case simple(String)
    /// An error, its code first: `NOAUTH Authentication required.`
    case error(String)
    case integer(Int64)
    case bulk(ByteBuffer)
    case null
    case array([RESPValue])

    package static func bulk(_ text: String) -> RESPValue { .bulk(ByteBuffer(string: text)) }

    /// The text of a status or a bulk string, with invalid UTF-8 replaced; nil for everything else.
    package var text: String? {
        switch self {
        case .simple(let text): text
        case .bulk(let bytes): String(buffer: bytes)
        case .error, .integer, .null, .array: nil
        }
    }

    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    package var array: [RESPValue]? {
        if case .array(let values) = self { values } else { nil }
    }
}
