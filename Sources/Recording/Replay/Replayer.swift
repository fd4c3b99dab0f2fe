import FleetModel

/// A recording that is replayed: does what a `Playback` says.
package struct Replayer: Sendable {
    package enum Step: Sendable, Equatable {
        /// Forget everything that was told; what follows tells it anew.
        case restart
        case record(Record)
    }

    package private(set) var reader: RecordingReader
    private var cursor: RecordCursor

    package init(_ reader: RecordingReader) {
        self.reader = reader
        cursor = reader.cursor(from: reader.span?.lowerBound ?? UnixTime(microseconds: 0))
    }

    /// What was passed over since the last rewind.
    package var skips: Skips { cursor.skips }

    /// Finds what was recorded meanwhile; then tell the `Playback` the new span.
    package mutating func refresh() throws(RecordingFailure) { try reader.refresh() }

    /// - Parameter take: is given what the console is to be told, in order.
    package mutating func perform(_ feed: Playback.Feed, take: (Step) -> Void) {
        switch feed {
        case .nothing: break
        case .forward(let limit): read(through: limit, take)
        case .rewind(let start, let limit):
            take(.restart)
            cursor = reader.cursor(from: start)
            read(through: limit, take)
        }
    }

    /// Goes where `feed` begins; `read` then tells what is to be told, as much at once as there is time for.
    package mutating func begin(_ feed: Playback.Feed) {
        guard case .rewind(let start, _) = feed else { return }
        cursor = reader.cursor(from: start)
    }

    /// - Returns: fewer records than `count` where there are no more through `limit`.
    package mutating func read(through limit: UnixTime, atMost count: Int) -> [Record] {
        var records: [Record] = []
        while records.count < count, let record = cursor.next(through: limit, in: reader) { records.append(record) }
        return records
    }

    private mutating func read(through limit: UnixTime, _ take: (Step) -> Void) {
        while let record = cursor.next(through: limit, in: reader) { take(.record(record)) }
    }
}

extension RecordingReader {
    /// Replays a whole recording at once, as a test does.
    /// - Returns: what had to be skipped.
    @discardableResult
    package static func replay(_ path: String, take: (Record) throws -> Void) throws -> Skips {
        let reader = try RecordingReader(path: path)
        guard let span = reader.span else { return reader.skips }
        for record in reader.records(from: span.lowerBound, through: span.upperBound) { try take(record) }
        return reader.check()
    }
}

extension RecordingWriter {
    /// Writes a recording at once, as a test does.
    package static func write(_ records: [Record], to path: String, fleet: String = "fleet") throws {
        guard let first = records.first, let last = records.last else { return }
        var writer = try RecordingWriter(path: path, fleet: fleet, at: first.time)
        for record in records { try writer.append(record.content, at: record.time) }
        try writer.flush(at: last.time)
    }
}
