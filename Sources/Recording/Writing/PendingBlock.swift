import FleetModel

/// A block that is not in the file yet.
struct PendingBlock {
    let startsGroup: Bool
    private let opened: UnixTime
    private var body = ByteWriter()
    private var words = 0
    private var earliest: UnixTime?
    private var latest: UnixTime?
    /// The time of the record that was added last.
    private(set) var last = UnixTime(microseconds: 0)

    init(startsGroup: Bool, at now: UnixTime) {
        self.startsGroup = startsGroup
        opened = now
    }

    /// Nothing that happened is in it.
    var isEmpty: Bool { latest == nil }

    func isDue(at now: UnixTime, _ policy: RecordingPolicy) -> Bool {
        opened.isPast(policy.blockSpan, at: now) || body.bytes.count >= policy.blockSize.bytes
            || words > RecordingLimits.maximumBlockWords - RecordingLimits.maximumSampleWords
    }

    /// What a reader needs before the records.
    mutating func addHead(_ bytes: [UInt8]) { body.raw(bytes) }

    mutating func add(_ bytes: [UInt8], words: Int, at now: UnixTime) {
        body.raw(bytes)
        self.words += words
        last = now
        earliest = min(earliest ?? now, now)
        latest = max(latest ?? now, now)
    }

    func bytes(sequence: UInt32, salt: UInt64) -> [UInt8] {
        let header = BlockHeader(
            startsGroup: startsGroup, sequence: sequence, body: body.bytes, first: earliest ?? opened,
            last: latest ?? opened)
        return header.bytes(salt: salt) + body.bytes
    }
}
