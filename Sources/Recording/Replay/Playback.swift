import FleetModel

/// Where a replay is and how it moves: told how much time passed and what was asked for, it says what is to be read.
///
/// It reads no clock and no file.
package struct Playback: Sendable, Equatable {
    /// What the reader does next.
    package enum Feed: Sendable, Equatable {
        case nothing
        /// Go on from where it is to the end of this moment.
        case forward(through: UnixTime)
        /// Forget everything, begin at `from`, and go on to the end of `through`.
        case rewind(from: UnixTime, through: UnixTime)
    }

    /// How much before a moment must be read to show it as it was: rates and percentiles look back 60 s at most.
    package static let lead: Duration = .seconds(75)
    /// Samples come once a second.
    package static let step: Duration = .seconds(1)

    /// What can be replayed; grows while recording goes on.
    package private(set) var span: ClosedRange<UnixTime>
    package private(set) var position: UnixTime
    package private(set) var speed = PlaybackSpeed.normal
    package private(set) var isPlaying = false
    private let lead: Duration

    /// Paused at the begin of `span`; `jump` to where it should be first.
    /// - Parameter lead: longer where what is shown has a longer memory.
    package init(span: ClosedRange<UnixTime>, lead: Duration = Playback.lead) {
        self.span = span
        self.lead = lead
        position = span.lowerBound
    }

    package var isAtEnd: Bool { position >= span.upperBound }

    package mutating func play() { isPlaying = true }
    package mutating func pause() { isPlaying = false }
    package mutating func toggle() { isPlaying.toggle() }
    package mutating func goFaster() { speed = speed.faster }
    package mutating func goSlower() { speed = speed.slower }
    package mutating func setSpeed(_ speed: PlaybackSpeed) { self.speed = speed }

    /// Time passed. At the end it waits: there may be more later.
    package mutating func advance(by elapsed: Duration) -> Feed {
        guard isPlaying, elapsed > .zero else { return .nothing }
        return move(to: position.advanced(by: speed.of(elapsed)))
    }

    package mutating func stepForward(by step: Duration = Playback.step) -> Feed {
        move(to: position.advanced(by: step))
    }

    package mutating func stepBack(by step: Duration = Playback.step) -> Feed {
        jump(to: position.advanced(by: .zero - step))
    }

    /// Goes to `time`, or as near as the recording has it. Always a rewind: so a place looks the same however one came.
    package mutating func jump(to time: UnixTime) -> Feed {
        position = clamped(time)
        return .rewind(from: max(span.lowerBound, position.advanced(by: .zero - lead)), through: position)
    }

    package mutating func jumpToBegin() -> Feed { jump(to: span.lowerBound) }

    /// More was recorded, or the oldest was taken away.
    package mutating func update(span: ClosedRange<UnixTime>) -> Feed {
        self.span = span
        return position < span.lowerBound ? jumpToBegin() : .nothing
    }

    private mutating func move(to time: UnixTime) -> Feed {
        let target = clamped(time)
        guard target > position else { return .nothing }
        position = target
        return .forward(through: target)
    }

    private func clamped(_ time: UnixTime) -> UnixTime { min(max(time, span.lowerBound), span.upperBound) }
}
