import NIOCore

/// One JSON object, checked in full and read field by field; the bytes stay as they came.
struct JSONObject {
    /// A field and where its value lies, counted from the text's first readable byte.
    struct Member {
        var key: String
        var kind: JSONScanner.Kind
        var range: Range<Int>
    }

    let text: ByteBuffer
    let members: [Member]

    init(_ text: ByteBuffer) throws(JSONFault) {
        self.text = text
        members = try text.withUnsafeReadableBytes { bytes throws(JSONFault) in
            var members: [Member] = []
            var scanner = JSONScanner(bytes)
            try scanner.wholeObject { key, value in
                let key = JSONString.decode(bytes, key)
                members.append(Member(key: key, kind: value.kind, range: value.range))
            }
            return members
        }
    }

    /// The field of this name; nil when there is none. Of several the last counts, as with most parsers.
    subscript(key: String) -> Member? { members.last { $0.key == key } }

    /// Whether a name occurs more than once: parsers disagree on which one counts.
    func isAmbiguous(_ key: String) -> Bool {
        members.reduce(0) { $0 + ($1.key == key ? 1 : 0) } > 1
    }

    /// The text of a field that is a string.
    func string(_ key: String) -> String? {
        guard let member = self[key], member.kind == .string else { return nil }
        return text.withUnsafeReadableBytes { JSONString.decode($0, member.range) }
    }

    /// The digits of a field that is a number.
    func number(_ key: String) -> String? {
        guard let member = self[key], member.kind == .number else { return nil }
        return text.getString(at: text.readerIndex + member.range.lowerBound, length: member.range.count)
    }

    func object(_ key: String) -> JSONObject? {
        guard let member = self[key], member.kind == .object else { return nil }
        // It was checked with the whole, so that reading it again cannot fail.
        return try? JSONObject(slice(member))
    }

    /// The elements of a field that is an array; nil in place of those that are not strings.
    func strings(_ key: String) -> [String?]? {
        guard let member = self[key], member.kind == .array else { return nil }
        return text.withUnsafeReadableBytes { bytes in
            var elements: [String?] = []
            var scanner = JSONScanner(bytes, at: member.range.lowerBound)
            // It was checked with the whole, so that reading it again cannot fail.
            try? scanner.array { elements.append($0.kind == .string ? JSONString.decode(bytes, $0.range) : nil) }
            return elements
        }
    }

    /// The object with these fields in place of those of the same names; all other values keep their bytes.
    func replacing(_ fields: [(key: String, json: String)]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: text.readableBytes + 128)
        buffer.writeString("{" + fields.map { JSONString.quoted($0.key) + ":" + $0.json }.joined(separator: ","))
        for member in members where !fields.contains(where: { $0.key == member.key }) {
            buffer.writeString("," + JSONString.quoted(member.key) + ":")
            buffer.writeImmutableBuffer(slice(member))
        }
        buffer.writeString("}")
        return buffer
    }

    /// The object with one more field at its end, as the script that publishes to streams writes it.
    func appending(_ key: String, json: String) -> ByteBuffer {
        guard self[key] == nil, let last = text.readableBytesView.lastIndex(of: UInt8(ascii: "}")) else {
            return replacing([(key, json)])
        }
        let addition = (members.isEmpty ? "" : ",") + JSONString.quoted(key) + ":" + json + "}"
        let length = last - text.readerIndex
        var buffer = ByteBufferAllocator().buffer(capacity: length + addition.utf8.count)
        buffer.writeImmutableBuffer(text.getSlice(at: text.readerIndex, length: length) ?? ByteBuffer())
        buffer.writeString(addition)
        return buffer
    }

    private func slice(_ member: Member) -> ByteBuffer {
        text.getSlice(at: text.readerIndex + member.range.lowerBound, length: member.range.count) ?? ByteBuffer()
    }
}

/// Strings between their JSON form and Swift's.
enum JSONString {
    /// - Parameter range: of a string that was checked, its quotes included.
    static func decode(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
        let inner = UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1])
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        return unescaped(inner)
    }

    /// `text` in quotes, as a JSON value.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func unescaped(_ bytes: UnsafeRawBufferPointer) -> String {
        var units: [UInt16] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                let start = index
                while index < bytes.count, bytes[index] != UInt8(ascii: "\\") { index += 1 }
                units.append(contentsOf: String(decoding: bytes[start..<index], as: UTF8.self).utf16)
                continue
            }
            let escaped = bytes[index + 1]
            units.append(escaped == UInt8(ascii: "u") ? hex(bytes[index + 2..<index + 6]) : plain(escaped))
            index += escaped == UInt8(ascii: "u") ? 6 : 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func hex(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt16 {
        UInt16(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xFFFD
    }

    private static func plain(_ escaped: UInt8) -> UInt16 {
        switch escaped {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: UInt16(escaped)
        }
    }
}
