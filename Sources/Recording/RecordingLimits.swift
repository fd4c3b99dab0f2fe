import FleetModel

/// What a file may make its reader hold. A recording comes from wherever its operator got it, so nothing that it claims
/// is believed beyond these.
enum RecordingLimits {
    /// What one record may take, its new texts with it; a larger one is not recorded.
    static let maximumRecordBytes = 4 << 20
    /// What a report of the control plane may unfold to, the texts that were written before with it.
    static let maximumReportBytes = 4 << 20
    /// `blockSize` may be as much; then comes the record that made it too large.
    static let maximumBlockSize = ByteCount.mebibytes(4)
    static let maximumBodyBytes = 12 << 20
    /// Words of one sample. An honest one has some hundreds; all lists at their longest are some thousands.
    static let maximumSampleWords = 1 << 14
    /// Words of all samples that one block unfolds to: a tiny record can claim to be like the one before.
    static let maximumBlockWords = 1 << 24
    /// Words that are kept to compare with, over all workers (64 MiB).
    static let maximumGroupWords = 1 << 23
    /// Bytes and number of the texts between two blocks that stand alone.
    static let maximumGroupTextBytes = 32 << 20
    static let maximumGroupTexts = 1 << 20
    /// Workers that a block may say are known.
    static let maximumStanding = 1 << 16
    /// Blocks of one segment that are indexed: of 2 s each, three weeks.
    static let maximumBlocks = 1 << 20
    /// Until the year 2255, as for samples: between two such times no arithmetic overflows.
    static let times = UnixTime(microseconds: 0)...UnixTime(microseconds: 1 << 53)
    static let maximumHeaderBytes = 4_096
    static let maximumFleetNameBytes = 255
    /// Files that belong to one recording; the newest are read.
    static let maximumSegments = 64
    /// Notes on what was skipped that are kept; the rest is counted.
    static let maximumSkips = 64
}
