import FleetModel
import Glibc

/// A recording to be read, also while it is being written.
///
/// Opening goes from block to block without reading them; records are read when they are asked for.
package struct RecordingReader: Sendable {
    private let folder: SegmentFolder
    /// The oldest first.
    private(set) var segments: [ReadableSegment] = []
    private var unusable: [Skip] = []

    /// - Throws: where no file of the recording can be read; of those that can, see `skips`.
    package init(path: String) throws(RecordingFailure) {
        folder = SegmentFolder(path: path)
        try refresh()
    }

    /// What the fleet was called when the recording began.
    package var fleet: String { segments.first?.header.fleet ?? "" }

    /// From the first record to the last; nil while none is written.
    package var span: ClosedRange<UnixTime>? {
        let blocks = segments.lazy.flatMap(\.index.blocks)
        guard let first = blocks.map(\.header.first).min(), let last = blocks.map(\.header.last).max() else {
            return nil
        }
        return first...last
    }

    /// What is known to be unusable without reading blocks; `check` reads them all.
    package var skips: Skips {
        var all = Skips()
        for skip in unusable { all.note(skip) }
        for segment in segments {
            for skip in segment.index.skips.noted { all.note(skip) }
            if segment.index.torn > .zero {
                let torn = segment.index.torn
                all.note(Skip(file: segment.file.name, offset: segment.index.end, size: torn, reason: .torn))
            }
        }
        return all
    }

    /// Finds what was written since the last call, and lets go of files that are no longer part of the recording.
    package mutating func refresh() throws(RecordingFailure) {
        let paths = try folder.earlier().map(\.path).suffix(RecordingLimits.maximumSegments - 1) + [folder.path]
        var known = Dictionary(segments.map { ($0.header.salt, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [ReadableSegment] = []
        var failures: [RecordingFailure] = []
        for path in paths {
            do {
                found.append(try segment(at: path, &known))
            } catch {
                failures.append(error)
            }
        }
        // The latest file is the one that was asked for.
        if found.isEmpty, let failure = failures.last { throw failure }
        segments = found.sorted { $0.header.segment < $1.header.segment }
        unusable = failures.compactMap { failure in
            failure.skip
        }
    }

    /// The file at `path`: under whatever name it was before, what is known of it is kept.
    private func segment(
        at path: String, _ known: inout [UInt64: ReadableSegment]
    ) throws(RecordingFailure) -> ReadableSegment {
        let file = try OpenFile(path, for: .read)
        let (header, _) = try FileHeader.read(try file.read(at: 0, RecordingLimits.maximumHeaderBytes), path: path)
        guard var segment = known.removeValue(forKey: header.salt), segment.header == header else {
            return try ReadableSegment(path)
        }
        try segment.refresh()
        return segment
    }

    /// Reads from `time` on; first comes who was known then.
    package func cursor(from time: UnixTime) -> RecordCursor { RecordCursor(from: time, in: self) }

    /// The records of a stretch of time, read as they are taken.
    package func records(from: UnixTime, through: UnixTime) -> Records {
        Records(reader: self, cursor: cursor(from: from), through: through)
    }

    /// Reads everything, to find what is damaged.
    package func check() -> Skips {
        guard let span else { return skips }
        var records = records(from: span.lowerBound, through: span.upperBound)
        while records.next() != nil {}
        var all = skips
        for skip in records.skips.noted { all.note(skip) }
        return all
    }
}

/// Records one after the other, with what had to be skipped on the way.
package struct Records: Sequence, IteratorProtocol {
    fileprivate let reader: RecordingReader
    fileprivate var cursor: RecordCursor
    fileprivate let through: UnixTime

    package var skips: Skips { cursor.skips }

    package mutating func next() -> Record? { cursor.next(through: through, in: reader) }
}

extension RecordingFailure {
    /// Of a file that was passed over; nil for one that is not there: the recording is between two files just now.
    fileprivate var skip: Skip? {
        switch self {
        case .system(_, _, ENOENT): nil
        case .system(_, let path, _), .notAFile(let path), .notARecording(let path), .damagedHeader(let path),
            .newerFormat(let path, _), .otherSamples(let path, _), .inUse(let path):
            Skip(file: path, offset: 0, size: .zero, reason: .file(self))
        }
    }
}
