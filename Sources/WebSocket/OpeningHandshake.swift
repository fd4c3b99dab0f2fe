import Crypto
import FoundationEssentials

/// The part of the opening handshake that is computed (RFC 6455, 4.2.2).
package enum OpeningHandshake {
    /// The value of `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`.
    package static func accept(key: String) -> String {
        // The handshake asks for SHA-1 as a checksum; nothing secret rests on it.
        Data(Insecure.SHA1.hash(data: Data((key + guid).utf8))).base64EncodedString()
    }

    /// A key for a client's request, from 16 random bytes.
    package static func randomKey(using generator: inout some RandomNumberGenerator) -> String {
        Data((0..<keyLength).map { _ in generator.next() as UInt8 }).base64EncodedString()
    }

    /// Whether `key` is the base64 form of 16 bytes (RFC 6455, 4.2.1).
    package static func isValid(key: String) -> Bool {
        key.utf8.count == 24 && Data(base64Encoded: key)?.count == keyLength
    }

    private static let keyLength = 16
    private static let guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
}
