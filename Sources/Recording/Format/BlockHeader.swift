import FleetModel

/// What stands before each block: enough to find the next one, and to know whether this one is wanted.
struct BlockHeader: Equatable, Sendable {
    /// The block can be read without those before it.
    var startsGroup: Bool
    /// Its number within the file; one that is missing shows.
    var sequence: UInt32
    var bodySize: Int
    var bodyChecksum: UInt32
    /// The earliest and the latest time of its records.
    var first: UnixTime
    var last: UnixTime

    static let magic: UInt32 = 0x4b4c_4247
    static let size = 40
    private static let groupFlag: UInt32 = 1

    func bytes(salt: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.fixed(Self.magic)
        writer.fixed(startsGroup ? Self.groupFlag : 0)
        writer.fixed(sequence)
        writer.fixed(UInt32(bodySize))
        writer.fixed(bodyChecksum)
        writer.fixed(first.microseconds)
        writer.fixed(last.microseconds)
        writer.fixed(Self.checksum(writer.bytes[...], salt))
        return writer.bytes
    }

    /// - Returns: nil where no header of a block of this file begins.
    init?(_ bytes: ArraySlice<UInt8>, salt: UInt64) {
        var reader = ByteReader(Array(bytes.prefix(Self.size)))
        do {
            guard try reader.fixed() == Self.magic else { return nil }
            startsGroup = try reader.fixed(UInt32.self) & Self.groupFlag != 0
            sequence = try reader.fixed()
            bodySize = Int(try reader.fixed(UInt32.self))
            bodyChecksum = try reader.fixed()
            first = UnixTime(microseconds: try reader.fixed())
            last = UnixTime(microseconds: try reader.fixed())
            guard try reader.fixed() == Self.checksum(bytes.prefix(Self.size - 4), salt), first <= last,
                RecordingLimits.times.contains(first), RecordingLimits.times.contains(last),
                bodySize <= RecordingLimits.maximumBodyBytes
            else { return nil }
        } catch {
            // Too short for a header.
            return nil
        }
    }

    init(startsGroup: Bool, sequence: UInt32, body: [UInt8], first: UnixTime, last: UnixTime) {
        self.startsGroup = startsGroup
        self.sequence = sequence
        bodySize = body.count
        bodyChecksum = CRC32.checksum(of: body)
        self.first = first
        self.last = last
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>, _ salt: UInt64) -> UInt32 {
        CRC32.checksum(of: bytes, seed: UInt32(truncatingIfNeeded: salt ^ salt >> 32))
    }
}
