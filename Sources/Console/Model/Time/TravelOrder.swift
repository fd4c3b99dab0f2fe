import FleetModel
import Recording

/// What the console wants of whoever reads the recording; it wants one thing at a time and waits for its news.
package enum TravelOrder: Sendable, Equatable {
    /// Say from when to when there is something.
    case survey
    /// Read the first slice of this.
    case read(Playback.Feed)
    /// Read the next slice of what was begun.
    case readOn
}

/// What the reader says.
package enum TravelNews: Sendable, Equatable {
    /// nil while nothing is recorded.
    case span(ClosedRange<UnixTime>?)
    case slice(TravelSlice)
    case failed(SafeText)
}

/// A part of what is to be read, so small that keys are answered between it and the next.
package struct TravelSlice: Sendable, Equatable {
    package let records: [Record]
    /// There is no more of it.
    package let isLast: Bool
    /// As far as the recording goes by now.
    package let span: ClosedRange<UnixTime>?
    /// What was damaged, each part told once.
    package let damage: [SafeText]

    /// About a second of a thousand workers: 20 ms of work.
    package static let maximumRecords = 1_000

    package init(records: [Record], isLast: Bool, span: ClosedRange<UnixTime>?, damage: [SafeText] = []) {
        self.records = records
        self.isLast = isLast
        self.span = span
        self.damage = damage
    }
}

/// How the recording goes that the operator asked for.
package enum RecordingNews: Sendable, Equatable {
    case wrote(ByteCount)
    case ended
    case failed(SafeText)
}
