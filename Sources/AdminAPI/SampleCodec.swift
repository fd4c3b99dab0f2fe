import FleetModel

/// The compact form of a sample: a version byte, then every field in the order of `transcode`, integers as LEB128,
/// text and lists with their length first. A stream is such frames, each behind its length as LEB128.
///
/// It exists because a console with hundreds of workers would spend most of its time on JSON.
package enum SampleCodec {
    package static let version: UInt8 = 4
    /// The oldest that is still read: while a fleet is upgraded, some of its workers write it.
    static let oldestVersion: UInt8 = 3
    /// A frame that claims to be longer is refused, so that a broken peer cannot make a reader hold memory.
    package static let maximumFrameLength = 1 << 20
    /// Elements of a list that memory is taken for at once; all lists of an honest worker are shorter.
    static let believedCount = 64

    package enum Failure: Error, Equatable {
        case truncated
        case unknownVersion(UInt8)
        case invalidField(String)
        /// A figure that no worker can have.
        case outOfRange
        case tooLong
    }

    /// One frame, its length first.
    package static func frame(_ sample: WorkerSample) -> [UInt8] {
        var writer = CompactWriter()
        var copy = sample
        // Writing reads fields only, and cannot fail.
        try? copy.transcode(&writer)
        var head = CompactWriter()
        head.unsigned(UInt64(writer.bytes.count + 1))
        return head.bytes + [version] + writer.bytes
    }

    /// Decodes the body of one frame, after its length.
    package static func decode(_ body: UnsafeRawBufferPointer) throws -> WorkerSample {
        guard let first = body.first else { throw Failure.truncated }
        guard (oldestVersion...version).contains(first) else { throw Failure.unknownVersion(first) }
        var reader = CompactReader(UnsafeRawBufferPointer(rebasing: body[1...]))
        let epoch = UnixTime(microseconds: 0)
        var sample = WorkerSample(
            worker: WorkerID(""), node: "", version: "", pid: 0, time: epoch, startedAt: epoch)
        try sample.transcode(&reader, version: first)
        try sample.checkRanges()
        return sample
    }
}

/// Cuts a stream of bytes into frames; what is not yet whole waits.
package struct SampleFrameReader: Sendable {
    private var rest: [UInt8] = []

    package init() {}

    /// - Parameter take: is given the samples that are whole now.
    package mutating func feed(
        _ bytes: UnsafeRawBufferPointer, take: (SharedSample) throws -> Void
    ) throws {
        guard !rest.isEmpty else {
            let consumed = try Self.decode(bytes, take)
            rest.append(contentsOf: bytes[consumed...])
            return
        }
        rest.append(contentsOf: bytes)
        let consumed = try rest.withUnsafeBytes { try Self.decode($0, take) }
        rest.removeFirst(consumed)
    }

    /// - Returns: how many bytes are done with.
    private static func decode(
        _ bytes: UnsafeRawBufferPointer, _ take: (SharedSample) throws -> Void
    ) throws -> Int {
        var consumed = 0
        while let frame = try nextFrame(in: bytes, from: consumed) {
            try take(SharedSample(try SampleCodec.decode(UnsafeRawBufferPointer(rebasing: bytes[frame]))))
            consumed = frame.upperBound
        }
        return consumed
    }

    private static func nextFrame(in bytes: UnsafeRawBufferPointer, from start: Int) throws -> Range<Int>? {
        var (length, shift, position) = (UInt64(0), UInt64(0), start)
        repeat {
            guard position < bytes.count else { return nil }
            guard shift < 28 else { throw SampleCodec.Failure.tooLong }
            length |= UInt64(bytes[position] & 0x7f) << shift
            shift += 7
            position += 1
        } while bytes[position - 1] & 0x80 != 0
        guard length <= UInt64(SampleCodec.maximumFrameLength) else { throw SampleCodec.Failure.tooLong }
        let end = position + Int(length)
        return end <= bytes.count ? position..<end : nil
    }
}

/// Writes or reads one field; which of the two is the implementation's affair, so that a record lists its fields once.
protocol FieldCoder {
    /// Any 64 bits.
    mutating func code(word value: inout UInt64) throws
    /// A count.
    mutating func code(_ value: inout UInt64) throws
    mutating func code(_ value: inout String) throws
    mutating func code(_ value: inout Double) throws
    mutating func code(_ value: inout UnixTime) throws
}

extension FieldCoder {
    mutating func code(_ value: inout UInt64) throws { try code(word: &value) }

    mutating func code<Value: BinaryInteger>(_ value: inout Value) throws {
        var wide = UInt64(truncatingIfNeeded: value)
        try code(&wide)
        value = Value(truncatingIfNeeded: wide)
    }

    mutating func code(_ value: inout Duration) throws {
        var microseconds = value.wholeMicroseconds
        try code(&microseconds)
        value = .microseconds(microseconds)
    }

    mutating func code(_ value: inout Bool) throws {
        var bit: UInt64 = value ? 1 : 0
        try code(&bit)
        value = bit != 0
    }

    mutating func code(_ value: inout Double) throws {
        var bits = value.bitPattern.byteSwapped
        try code(word: &bits)
        value = Double(bitPattern: bits.byteSwapped)
    }

    mutating func code<Value: RawRepresentable>(choice value: inout Value) throws where Value.RawValue == String {
        var text = value.rawValue
        try code(&text)
        guard let known = Value(rawValue: text) else { throw SampleCodec.Failure.invalidField(text) }
        value = known
    }

    mutating func code(_ value: inout UnixTime) throws {
        var bits = UInt64(bitPattern: value.microseconds)
        try code(word: &bits)
        value.microseconds = Int64(bitPattern: bits)
    }

    mutating func code(_ value: inout ByteCount) throws { try code(&value.bytes) }

    mutating func code(_ value: inout WorkerID) throws {
        var text = value.rawValue
        try code(&text)
        value = WorkerID(text)
    }

    mutating func code(_ value: inout ByClass<UInt64>) throws {
        try code(&value.critical)
        try code(&value.important)
        try code(&value.bestEffort)
    }

    mutating func code<Element>(
        _ list: inout [Element], empty: Element, each: (inout Self, inout Element) throws -> Void
    ) throws {
        var count = list.count
        try code(&count)
        guard (0...SampleCodec.maximumFrameLength).contains(count) else { throw SampleCodec.Failure.tooLong }
        // A list that is read is empty here; what it claims to hold is not believed before it is there.
        if list.isEmpty { list.reserveCapacity(min(count, SampleCodec.believedCount)) }
        for index in 0..<count {
            if index == list.count { list.append(empty) }
            try each(&self, &list[index])
        }
    }

    mutating func code<Value>(
        _ optional: inout Value?, empty: Value, each: (inout Self, inout Value) throws -> Void
    ) throws {
        var list = optional.map { [$0] } ?? []
        try code(&list, empty: empty, each: each)
        optional = list.first
    }
}

struct CompactWriter: FieldCoder {
    private(set) var bytes: [UInt8] = []

    mutating func code(word value: inout UInt64) { unsigned(value) }

    mutating func code(_ value: inout String) {
        unsigned(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

struct CompactReader: FieldCoder {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func code(word value: inout UInt64) throws {
        var (result, shift) = (UInt64(0), UInt64(0))
        while true {
            guard position < bytes.count, shift < 64 else { throw SampleCodec.Failure.truncated }
            let byte = bytes[position]
            position += 1
            result |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { break }
            shift += 7
        }
        value = result
    }

    mutating func code(_ value: inout String) throws {
        var length: UInt64 = 0
        try code(&length)
        guard length <= UInt64(bytes.count - position) else { throw SampleCodec.Failure.truncated }
        let end = position + Int(length)
        value = String(decoding: bytes[position..<end], as: UTF8.self)
        position = end
    }
}
