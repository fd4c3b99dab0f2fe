import Console
import FleetModel
import Recording

/// Reads a recording slice by slice, as the console orders.
struct SliceReader: Sendable {
    private var replayer: Replayer
    private var limit = UnixTime(microseconds: 0)
    /// Damage that was told since the last rewind.
    private var told = 0

    init(path: String) throws(RecordingFailure) {
        replayer = Replayer(try RecordingReader(path: path))
    }

    var fleet: String { replayer.reader.fleet }
    var span: ClosedRange<UnixTime>? { replayer.reader.span }
    /// What is known to be damaged before anything is read.
    var skips: Skips { replayer.reader.skips }

    /// Finds what was written meanwhile.
    mutating func refresh() throws(RecordingFailure) { try replayer.refresh() }

    mutating func answer(_ order: TravelOrder) -> TravelNews {
        switch order {
        case .survey: return .span(span)
        case .read(let feed):
            begin(feed)
            return .slice(slice())
        case .readOn: return .slice(slice())
        }
    }

    private mutating func begin(_ feed: Playback.Feed) {
        replayer.begin(feed)
        switch feed {
        case .nothing: break
        case .forward(let limit): self.limit = limit
        case .rewind(_, let limit):
            self.limit = limit
            told = 0
        }
    }

    private mutating func slice() -> TravelSlice {
        let records = replayer.read(through: limit, atMost: TravelSlice.maximumRecords)
        let skips = replayer.skips
        let fresh = skips.noted.dropFirst(told).map { SafeText($0.description) }
        told = skips.noted.count
        return TravelSlice(
            records: records, isLast: records.count < TravelSlice.maximumRecords, span: span, damage: fresh)
    }
}
