import AdminAPI
import FleetModel

/// The file of a recording that grows.
struct WritableSegment {
    let header: FileHeader
    /// What was not whole at the end of a file that was continued.
    private(set) var cut = ByteCount.zero
    private let file: OpenFile
    private var size: Int64
    private var sequence: UInt32 = 0

    /// A new file, which must not be there yet.
    init(creating path: String, _ header: FileHeader) throws(RecordingFailure) {
        try self.init(OpenFile(path, for: .create), new: header)
    }

    /// The file at `path` after its last whole block; where it is missing or empty, a new one.
    init(continuing path: String, or fresh: FileHeader) throws(RecordingFailure) {
        let file = try OpenFile(path, for: .append)
        if try file.size() == 0 {
            try self.init(file, new: fresh)
        } else {
            try self.init(continuing: file)
        }
    }

    private init(continuing file: OpenFile) throws(RecordingFailure) {
        let start = try file.read(at: 0, RecordingLimits.maximumHeaderBytes)
        let (header, headerSize) = try FileHeader.read(start, path: file.path)
        // Not before it is known to be a recording.
        try file.protect()
        var index = SegmentIndex(salt: header.salt, firstBlock: Int64(headerSize))
        try index.scan(file)
        // After a power cut a file may be as long as it should be and hold zeros.
        while let last = index.blocks.last, try last.body(in: file) == nil { index.dropLast() }
        self.header = header
        self.file = file
        size = index.end
        sequence = (index.blocks.last?.header.sequence ?? 0) &+ 1
        guard index.torn > .zero else { return }
        try file.truncate(to: size)
        cut = index.torn
    }

    private init(_ file: OpenFile, new header: FileHeader) throws(RecordingFailure) {
        self.file = file
        self.header = header
        let bytes = header.bytes
        size = Int64(bytes.count)
        try file.protect()
        try file.append(bytes)
    }

    func isFull(at now: UnixTime, _ policy: RecordingPolicy) -> Bool {
        size + policy.blockSize.bytes > policy.segmentSize.bytes || header.created.isPast(policy.segmentAge, at: now)
            || header.minor != FileHeader.minor || header.sampleVersion != SampleCodec.version
    }

    /// - Returns: what it took.
    /// - Throws: after which the file is as it was.
    mutating func append(_ block: PendingBlock) throws(RecordingFailure) -> ByteCount {
        let bytes = block.bytes(sequence: sequence, salt: header.salt)
        do {
            try file.append(bytes)
        } catch {
            try file.truncate(to: size)
            throw error
        }
        size += Int64(bytes.count)
        sequence &+= 1
        return ByteCount(Int64(bytes.count))
    }

    func synchronize() throws(RecordingFailure) { try file.synchronize() }
}
