import NIOCore
import WebSocket

/// Why bytes are not a JSON object that the gateway reads.
enum JSONFault: Error, Equatable {
    case malformed(offset: Int)
    case notAnObject
    case tooDeep
}

/// Walks over one JSON text (RFC 8259) without building values: the data plane reads a few fields of an envelope and
/// passes its bytes on as they are.
struct JSONScanner {
    enum Kind {
        case object, array, string, number, bool, null
    }

    /// A value and where it lies in the text.
    struct Value {
        var kind: Kind
        var range: Range<Int>
    }

    /// Values nested deeper are refused: no envelope is, and recursion stays bounded.
    static let maximumDepth = 64

    private let bytes: UnsafeRawBufferPointer
    private var position: Int
    private var depth = 0

    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// Reads the one value of the whole text.
    mutating func wholeObject(_ member: (_ key: Range<Int>, _ value: Value) -> Void) throws(JSONFault) {
        skipSpace()
        guard position < bytes.count else { throw malformed }
        guard bytes[position] == UInt8(ascii: "{") else {
            _ = try value()
            try end()
            throw .notAnObject
        }
        try object(member)
        try end()
    }

    /// Reads an array from its bracket on.
    mutating func array(_ element: (Value) -> Void) throws(JSONFault) {
        try enter(UInt8(ascii: "["))
        if skip(UInt8(ascii: "]")) { return leave() }
        repeat {
            element(try value())
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        leave()
    }

    private mutating func object(_ member: (Range<Int>, Value) -> Void) throws(JSONFault) {
        try enter(UInt8(ascii: "{"))
        if skip(UInt8(ascii: "}")) { return leave() }
        repeat {
            skipSpace()
            let key = try string()
            try expect(UInt8(ascii: ":"))
            member(key.range, try value())
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        leave()
    }

    private mutating func value() throws(JSONFault) -> Value {
        skipSpace()
        guard position < bytes.count else { throw malformed }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "{"):
            try object { _, _ in }
            return Value(kind: .object, range: start..<position)
        case UInt8(ascii: "["):
            try array { _ in }
            return Value(kind: .array, range: start..<position)
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "t"): return try literal("true", .bool)
        case UInt8(ascii: "f"): return try literal("false", .bool)
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }
}

// MARK: - Scalars

extension JSONScanner {
    private mutating func string() throws(JSONFault) -> Value {
        let start = position
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw malformed }
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return Value(kind: .string, range: start..<position)
            case UInt8(ascii: "\\"): try escape()
            case 0..<0x20: throw malformed
            default: position += 1
            }
        }
        throw malformed
    }

    private mutating func escape() throws(JSONFault) {
        guard position + 1 < bytes.count else { throw malformed }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= bytes.count, bytes[position + 2..<position + 6].allSatisfy(\.isHexDigit) else {
                throw malformed
            }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: throw malformed
        }
    }

    private mutating func number() throws(JSONFault) -> Value {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return Value(kind: .number, range: start..<position)
    }

    private mutating func digits() throws(JSONFault) {
        let start = position
        while let byte = peek, byte.isDigit { position += 1 }
        guard position > start else { throw malformed }
    }

    private mutating func literal(_ text: StaticString, _ kind: Kind) throws(JSONFault) -> Value {
        let start = position
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw malformed }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { throw malformed }
        position += count
        return Value(kind: kind, range: start..<position)
    }
}

// MARK: - Steps

extension JSONScanner {
    private var malformed: JSONFault { .malformed(offset: min(position, bytes.count)) }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard skip(byte) else { throw malformed }
    }

    private mutating func enter(_ bracket: UInt8) throws(JSONFault) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw .tooDeep }
        try expect(bracket)
    }

    private mutating func leave() { depth -= 1 }

    private mutating func end() throws(JSONFault) {
        skipSpace()
        guard position == bytes.count else { throw malformed }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isHexDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
    }
}
