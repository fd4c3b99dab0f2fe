import FleetModel

/// A place in a recording, from which one reads on; it may wait at the end until more is written.
package struct RecordCursor: Sendable {
    /// What had to be passed over so far.
    package private(set) var skips = Skips()

    private let start: UnixTime
    private var hasStarted = false
    private var place: BlockPlace
    /// nil where the next block must stand alone: at the start, and after damage.
    private var group: GroupDecoder?
    private var block: OpenBlock?
    private var standing = Standing()
    /// Read, and not taken yet.
    private var waiting: [Record] = []
    private var taken = 0

    init(from start: UnixTime, in reader: RecordingReader) {
        self.start = start
        place = reader.groupStart(before: start)
    }

    /// The next record, unless it is later than `limit`, or not written yet.
    package mutating func next(through limit: UnixTime, in reader: RecordingReader) -> Record? {
        while taken == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            taken = 0
            guard let item = nextItem(in: reader) else { return nil }
            hear(item)
        }
        guard waiting[taken].time <= limit else { return nil }
        defer { taken += 1 }
        return waiting[taken]
    }

    private mutating func hear(_ item: BlockDecoder.Item) {
        switch item {
        case .record(let record): hear(record)
        case .standing(let now): hear(now)
        case .unreadable: note(.record)
        }
    }

    private mutating func hear(_ record: Record) {
        if !hasStarted && record.time >= start {
            hasStarted = true
            waiting = Standing().changes(to: standing).map { Record(time: start, $0) }
        }
        standing.hear(record.content)
        if hasStarted { waiting.append(record) }
    }

    /// After a gap, this tells what happened in it; else it says what is known already.
    private mutating func hear(_ now: Standing) {
        if hasStarted, let block {
            waiting = standing.changes(to: now).map { Record(time: block.header.first, $0) }
        }
        standing = now
    }

    private mutating func nextItem(in reader: RecordingReader) -> BlockDecoder.Item? {
        while block != nil || openNext(in: reader) {
            do {
                if let item = try nextInBlock() { return item }
            } catch {
                note(.undecodable)
                group = nil
            }
            block = nil
        }
        return nil
    }

    private mutating func nextInBlock() throws(ByteReader.Malformed) -> BlockDecoder.Item? {
        guard var open = block, var learned = group else { return nil }
        // Both are taken out so that neither is copied while it changes.
        (block, group) = (nil, nil)
        // Also where it throws: the block is then noted as skipped.
        defer { (block, group) = (open, learned) }
        return try open.decoder.next(&learned)
    }

    /// Opens the next block that can be read.
    private mutating func openNext(in reader: RecordingReader) -> Bool {
        while let (segment, next) = reader.block(at: &place) {
            let header = next.header
            let follows = place.follows(header)
            place.pass(header)
            if header.startsGroup { group = GroupDecoder() } else if !follows { group = nil }
            block = OpenBlock(header: header, file: segment.file.name, offset: next.start, decoder: BlockDecoder([]))
            guard group != nil else {
                note(.incomplete)
                continue
            }
            do {
                if let body = try next.body(in: segment.file) {
                    block?.decoder = BlockDecoder(body)
                    return true
                }
                note(.checksum)
            } catch {
                note(.file(error))
            }
            group = nil
        }
        block = nil
        return false
    }

    private mutating func note(_ reason: Skip.Reason) {
        guard let block else { return }
        let size = ByteCount(Int64(block.header.bodySize + BlockHeader.size))
        skips.note(Skip(file: block.file, offset: block.offset, size: size, reason: reason))
    }
}

/// The block that is being read.
private struct OpenBlock: Sendable {
    let header: BlockHeader
    let file: String
    let offset: Int64
    var decoder: BlockDecoder
}
