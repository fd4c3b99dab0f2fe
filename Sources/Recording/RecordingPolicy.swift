import FleetModel

/// How large and how old a recording may become, and how much of it a crash may cost.
package struct RecordingPolicy: Sendable, Equatable {
    /// All segments together; what is older goes.
    package var size: ByteCount
    /// Segments that ended longer ago go.
    package var age: Duration
    /// How long records wait for their block: the most that a killed recorder loses, and how far a reader lags.
    package var blockSpan: Duration
    /// A block that holds as much is written before its time.
    package var blockSize: ByteCount
    /// How often a block starts that needs no block before it: what a jump reads in vain, and damage may cost.
    package var groupSpan: Duration
    /// How often the disk is waited for: the most that a power cut loses.
    package var syncInterval: Duration

    /// Segments that a full recording has; the oldest of them is what the bounds take away at once.
    package static let parts: Int64 = 8

    package init(
        size: ByteCount = .mebibytes(512), age: Duration = .seconds(7 * 86_400), blockSpan: Duration = .seconds(2),
        blockSize: ByteCount = .kibibytes(256), groupSpan: Duration = .seconds(30),
        syncInterval: Duration = .seconds(5)
    ) {
        self.size = size
        self.age = age
        self.blockSpan = blockSpan
        self.blockSize = min(max(blockSize, ByteCount(1)), RecordingLimits.maximumBlockSize)
        self.groupSpan = groupSpan
        self.syncInterval = syncInterval
    }

    /// What a segment may hold; at least some blocks, however small the recording is asked to be.
    var segmentSize: ByteCount {
        max(ByteCount(size.bytes / Self.parts), ByteCount(blockSize.bytes * 4))
    }

    var segmentAge: Duration { age / Int(Self.parts) }
}
