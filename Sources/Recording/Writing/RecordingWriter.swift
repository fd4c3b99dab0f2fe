import AdminAPI
import FleetModel

/// Writes down what the console is told, so that it can be told again.
///
/// Records wait in memory until their block is full or due, and go to the file in one write; a crash costs the blocks
/// that were not written, never those that were. It reads no clock: who uses it calls `tick` at least as often as
/// blocks are due. Writing may wait for the disk, so it does not belong on the thread that takes keys.
package struct RecordingWriter: ~Copyable {
    /// What was cut from a file that was continued: its writer had died within a block.
    package let cut: ByteCount
    /// Records that were too large for a recording.
    package private(set) var refused = 0

    /// What this writer has put into its files.
    package private(set) var written = ByteCount.zero

    private let folder: SegmentFolder
    private let fleet: String
    private let policy: RecordingPolicy
    private let salt: @Sendable () -> UInt64
    private var segment: WritableSegment
    /// nil before the first record: that nobody is known yet does not say that those of an earlier writer are gone.
    private var standing: Standing?
    private var group: GroupEncoder?
    private var groupStart = UnixTime(microseconds: 0)
    private var block: PendingBlock?
    private var synchronizedAt: UnixTime

    /// Begins a recording, or continues the one at `path`.
    /// - Parameters:
    ///   - fleet: by which whoever replays it knows what they see.
    ///   - salt: makes each file's blocks its own.
    package init(
        path: String, fleet: String, policy: RecordingPolicy = RecordingPolicy(), at now: UnixTime,
        salt: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) throws(RecordingFailure) {
        self.fleet = fleet
        self.policy = policy
        self.salt = salt
        folder = SegmentFolder(path: path)
        let number = (try folder.earlier().last?.number ?? 0) + 1
        let fresh = FileHeader(created: now, salt: salt(), segment: number, fleet: fleet)
        segment = try WritableSegment(continuing: path, or: fresh)
        cut = segment.cut
        synchronizedAt = now
    }

    package mutating func append(_ event: FleetEvent, at now: UnixTime) throws(RecordingFailure) {
        try append(.event(event), at: now)
    }

    package mutating func append(_ answer: RecordedAnswer, at now: UnixTime) throws(RecordingFailure) {
        try append(.answer(answer), at: now)
    }

    /// Writes what is due.
    package mutating func tick(at now: UnixTime) throws(RecordingFailure) {
        if let block, block.isDue(at: now, policy) { try seal() }
        if synchronizedAt.isPast(policy.syncInterval, at: now) { try synchronize(at: now) }
    }

    /// Writes everything and waits for the disk; the recording may end here or go on.
    package mutating func flush(at now: UnixTime) throws(RecordingFailure) {
        try seal()
        try synchronize(at: now)
    }

    private mutating func synchronize(at now: UnixTime) throws(RecordingFailure) {
        synchronizedAt = now
        try segment.synchronize()
    }

    mutating func append(_ content: Record.Content, at now: UnixTime) throws(RecordingFailure) {
        try tick(at: now)
        // Says where this writer's part of a file begins; one that had nothing to write leaves no trace.
        if standing == nil && content != .began { try append(.began, at: now) }
        var block = try openBlock(at: now)
        do {
            let record = Record(time: now, content: content)
            guard let (bytes, words) = try group?.encode(record, after: block.last) else { return }
            block.add(bytes, words: words, at: now)
            self.block = block
            if standing == nil { standing = Standing() }
            standing?.hear(content)
        } catch {
            refused += 1
            // Texts of the refused record are numbered but not written: what follows must not count on them.
            group = nil
            self.block = block
            try seal()
        }
    }

    /// The block that waits, or a new one; a new one starts a file or a group where that is due.
    private mutating func openBlock(at now: UnixTime) throws(RecordingFailure) -> PendingBlock {
        if let block { return block }
        if segment.isFull(at: now, policy) { try startSegment(at: now) }
        let needsGroup = group?.isFull ?? true || groupStart.isPast(policy.groupSpan, at: now)
        guard needsGroup else { return PendingBlock(startsGroup: false, at: now) }
        var fresh = GroupEncoder()
        var block = PendingBlock(startsGroup: true, at: now)
        addStanding(&block, &fresh)
        group = fresh
        groupStart = now
        return block
    }

    private func addStanding(_ block: inout PendingBlock, _ group: inout GroupEncoder) {
        guard let standing else { return }
        do {
            block.addHead(try group.encode(standing))
        } catch {
            // More names than a record holds: who begins to read here knows the workers by their samples.
            group = GroupEncoder()
        }
    }

    private mutating func startSegment(at now: UnixTime) throws(RecordingFailure) {
        try segment.synchronize()
        group = nil
        let last = try folder.earlier().last?.number ?? 0
        let number = max(segment.header.segment, last + 1)
        try folder.retire(as: number)
        let header = FileHeader(created: now, salt: salt(), segment: number + 1, fleet: fleet)
        segment = try WritableSegment(creating: folder.path, header)
        try RecordingBounds(folder: folder, policy: policy).apply(at: now)
    }

    /// Puts the block that waits into the file. What cannot be written is lost, and the next block stands alone.
    private mutating func seal() throws(RecordingFailure) {
        guard let block = self.block else { return }
        self.block = nil
        guard !block.isEmpty else { return }
        do {
            written += try segment.append(block)
        } catch {
            group = nil
            throw error
        }
    }
}

extension UnixTime {
    /// Also where the clock was set back: what waits for a time that may come in a year is due.
    func isPast(_ span: Duration, at now: UnixTime) -> Bool {
        now < self || duration(to: now) >= span
    }
}
