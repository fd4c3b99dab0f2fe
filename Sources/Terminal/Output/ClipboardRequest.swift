import FleetModel

/// The request to put a text on the clipboard of whoever looks at the terminal (xterm's ctlseqs, OSC 52).
package enum ClipboardRequest {
    /// Of the encoded text: xterm takes no more.
    package static let limit = 100_000

    /// - Returns: what to send; nil for a text that is too long, of which half would be worse than nothing.
    package static func sequence(_ lines: [SafeText]) -> [UInt8]? {
        let bytes = Array(lines.map(\.text).joined(separator: "\n").utf8)
        guard (bytes.count + 2) / 3 * 4 <= limit else { return nil }
        return Array("\u{1B}]52;c;".utf8) + base64(bytes) + [0x07]
    }

    /// RFC 4648, 4.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(group.count)))
            for place in 0..<4 {
                let value = Int(bits >> (18 - 6 * UInt32(place)) & 63)
                encoded.append(place <= group.count ? alphabet[value] : UInt8(ascii: "="))
            }
        }
        return encoded
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
