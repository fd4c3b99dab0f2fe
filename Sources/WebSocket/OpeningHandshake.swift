/// The part of the opening handshake that is computed (RFC 6455, 4.2.2).
package enum OpeningHandshake {
    /// The value of `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`.
    package static func accept(key: String) -> String {
        Base64.encode(SHA1.digest(of: Array((key + guid).utf8)))
    }

    /// A key for a client's request, from 16 random bytes.
    package static func randomKey(using generator: inout some RandomNumberGenerator) -> String {
        Base64.encode((0..<16).map { _ in generator.next() as UInt8 })
    }

    /// Whether `key` is the base64 form of 16 bytes (RFC 6455, 4.2.1).
    package static func isValid(key: String) -> Bool {
        key.utf8.count == 24 && key.hasSuffix("==") && key.utf8.dropLast(2).allSatisfy(Base64.alphabet.contains)
    }

    private static let guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
}

/// RFC 4648, 4: the little that a handshake needs, so that this module depends on nothing but buffers.
private enum Base64 {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(group.count)))
            for position in 0..<4 {
                let digit = alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 0x3F)]
                text.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// FIPS 180-4. The handshake asks for SHA-1 as a checksum; nothing secret rests on it.
private enum SHA1 {
    static func digest(of message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        let bytes = padded(message)
        for start in stride(from: 0, to: bytes.count, by: 64) {
            mix(schedule(bytes[start..<start + 64]), into: &state)
        }
        return state.flatMap(bigEndian)
    }

    private static func padded(_ message: [UInt8]) -> [UInt8] {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let bits = UInt64(message.count) * 8
        return bytes + bigEndian(UInt32(bits >> 32)) + bigEndian(UInt32(truncatingIfNeeded: bits))
    }

    private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { start in
            block[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<80 {
            words.append(rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        return words
    }

    private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let next = rotated(a, 5) &+ choice(index, b, c, d) &+ e &+ constants[index / 20] &+ word
            (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
        }
        for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
    }

    private static func choice(_ index: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
        switch index / 20 {
        case 0: (b & c) | (~b & d)
        case 2: (b & c) | (b & d) | (c & d)
        default: b ^ c ^ d
        }
    }

    private static let constants: [UInt32] = [0x5A82_7999, 0x6ED9_EBA1, 0x8F1B_BCDC, 0xCA62_C1D6]

    private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }

    private static func bigEndian(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
