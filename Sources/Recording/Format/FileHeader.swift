import AdminAPI
import FleetModel

/// How a file of a recording begins.
struct FileHeader: Equatable, Sendable {
    /// Raised when older readers cannot make sense of a file.
    static let major: UInt8 = 1
    /// Raised when there is something new that older readers may skip.
    static let minor: UInt8 = 0
    /// Not text, and damaged by whatever changes line ends.
    static let magic: [UInt8] = [0x89] + Array("GADREC\r".utf8)

    var minor = Self.minor
    /// Of `SampleCodec`: the words of a sample are in its order.
    var sampleVersion = SampleCodec.version
    var created: UnixTime
    /// Differs between any two files, so that a block is only ever taken for one of its own file.
    var salt: UInt64
    /// The place of the file among those of its recording.
    var segment: UInt32
    var fleet: String

    /// Bytes before the name.
    private static let fixedSize = 8 + 4 + 4 + 8 + 8 + 4 + 2

    var bytes: [UInt8] {
        let name = Array(fleet.utf8.prefix(RecordingLimits.maximumFleetNameBytes))
        var writer = ByteWriter()
        writer.raw(Self.magic)
        writer.raw([Self.major, minor, sampleVersion, 0])
        writer.fixed(UInt32(Self.fixedSize + name.count + 4))
        writer.fixed(created.microseconds)
        writer.fixed(salt)
        writer.fixed(segment)
        writer.fixed(UInt16(name.count))
        writer.raw(name)
        writer.fixed(CRC32.checksum(of: writer.bytes))
        return writer.bytes
    }

    /// - Parameter start: the first bytes of a file, as many as a header can have.
    /// - Returns: the header, and how many bytes it takes.
    static func read(_ start: [UInt8], path: String) throws(RecordingFailure) -> (FileHeader, size: Int) {
        guard start.starts(with: magic) else { throw .notARecording(path: path) }
        guard start.count > magic.count else { throw .damagedHeader(path: path) }
        guard start[magic.count] <= major else { throw .newerFormat(path: path, major: start[magic.count]) }
        do {
            return try read(start)
        } catch {
            throw .damagedHeader(path: path)
        }
    }

    private static func read(_ start: [UInt8]) throws(ByteReader.Malformed) -> (FileHeader, size: Int) {
        var reader = ByteReader(start)
        _ = try reader.raw(magic.count)
        let versions = Array(try reader.raw(4))
        let size = Int(try reader.fixed(UInt32.self))
        guard size >= fixedSize + 4, size <= min(start.count, RecordingLimits.maximumHeaderBytes),
            CRC32.checksum(of: start[..<(size - 4)]) == checksum(start, before: size)
        else { throw ByteReader.Malformed() }
        let created = UnixTime(microseconds: try reader.fixed())
        guard RecordingLimits.times.contains(created) else { throw ByteReader.Malformed() }
        let (salt, segment): (UInt64, UInt32) = (try reader.fixed(), try reader.fixed())
        let fleet = try reader.text(Int(try reader.fixed(UInt16.self)))
        let header = FileHeader(
            minor: versions[1], sampleVersion: versions[2], created: created, salt: salt, segment: segment, fleet: fleet
        )
        return (header, size)
    }

    private static func checksum(_ bytes: [UInt8], before end: Int) -> UInt32 {
        bytes[(end - 4)..<end].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
