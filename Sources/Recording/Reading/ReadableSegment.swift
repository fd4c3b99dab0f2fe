import AdminAPI
import FleetModel

/// One file of a recording, open for as long as someone reads the recording, be it deleted meanwhile.
struct ReadableSegment: Sendable {
    let header: FileHeader
    let file: OpenFile
    private(set) var index: SegmentIndex

    init(_ path: String) throws(RecordingFailure) {
        file = try OpenFile(path, for: .read)
        let start = try file.read(at: 0, RecordingLimits.maximumHeaderBytes)
        let (header, size) = try FileHeader.read(start, path: path)
        guard header.sampleVersion == SampleCodec.version else {
            throw .otherSamples(path: path, version: header.sampleVersion)
        }
        self.header = header
        index = SegmentIndex(salt: header.salt, firstBlock: Int64(size))
        try index.scan(file)
    }

    mutating func refresh() throws(RecordingFailure) { try index.scan(file) }
}
