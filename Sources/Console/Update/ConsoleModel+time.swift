import FleetModel
import Recording
import Terminal

/// Standing still, looking back, and replaying.
extension ConsoleModel {
    /// Shows a recording instead of a fleet, from the first frame on.
    package mutating func replay(at time: UnixTime?, speed: PlaybackSpeed, isPlaying: Bool) -> [ConsoleEffect] {
        let start = time ?? UnixTime(microseconds: 0)
        return travel(.file, to: start, isPlaying: isPlaying, speed: speed)
    }

    /// The world that is true now: in a replay there is none but the recorded one.
    var present: World { isReplay ? shown : live }

    var isReplay: Bool { past?.isReplay ?? false }

    /// Whether time can be moved through, or could be from here.
    var canTravel: Bool { keepsHistory || past?.travel != nil }

    /// How far before now one looks first: what one has just missed.
    private static let firstLook: Duration = .seconds(10)
    /// Longer than any time that is typed.
    private static let longestTime = 40

    mutating func performInTime(_ action: Action) -> [ConsoleEffect] {
        switch action {
        case .pause: return togglePause()
        case .lookBack: return lookBack()
        case .stepForward: return move(.forward)
        case .stepBack: return move(.back)
        case .begin: return move(.begin)
        case .play: return move(.play)
        case .faster: return move(.faster)
        case .slower: return move(.slower)
        case .jump: askForTime()
        default: hint = HintWords.notHere(KeyWords.help(action))
        }
        return []
    }

    private mutating func togglePause() -> [ConsoleEffect] {
        if isReplay { return move(.play) }
        if past != nil {
            leavePast()
            return askAtOnce()
        }
        live.note(.notice, EventWords.paused)
        past = Past(live, since: now)
        return []
    }

    /// Beginning and end of a pause are marked in the events, so that one finds later what was looked at.
    mutating func leavePast() {
        if let past, past.travel == nil {
            live.note(.notice, EventWords.resumed(Figures.span(past.since.duration(to: now))))
        }
        past = nil
    }

    private mutating func lookBack() -> [ConsoleEffect] {
        if isReplay { return move(.back) }
        if past?.travel != nil {
            leavePast()
            return askAtOnce()
        }
        guard keepsHistory else { return refuseTravel() }
        let back = Duration.zero - Self.firstLook
        return travel(.session, to: (past?.since ?? now).advanced(by: back), isPlaying: false)
    }

    /// From a screen that stands still, the first move goes on from the moment at which it was stopped.
    private mutating func move(_ move: Travel.Move) -> [ConsoleEffect] {
        guard let past else {
            hint = TimeWords.inThePastOnly
            return []
        }
        guard past.travel == nil else { return order { $0.perform(move) } }
        guard keepsHistory else { return move == .play ? togglePause() : refuseTravel() }
        let effects = travel(.session, to: past.since, isPlaying: false)
        return effects + order { $0.perform(move) }
    }

    private mutating func refuseTravel() -> [ConsoleEffect] {
        hint = TimeWords.noHistory
        return []
    }

    private mutating func travel(
        _ source: Travel.Source, to time: UnixTime, isPlaying: Bool, speed: PlaybackSpeed = .normal
    ) -> [ConsoleEffect] {
        let travel = Travel(source, showing: shown, to: time, isPlaying: isPlaying, speed: speed, at: now)
        past = Past(shown, since: past?.since ?? now, travel: travel)
        return order { $0.begin() }
    }

    private mutating func order(_ change: (inout Travel) -> TravelOrder?) -> [ConsoleEffect] {
        guard var travel = past?.travel else { return [] }
        // Taken out so that its world is not copied while it changes.
        past?.travel = nil
        let order = change(&travel)
        past?.travel = travel
        return order.map { [.travel($0)] } ?? []
    }
}

// MARK: - What comes of it

extension ConsoleModel {
    mutating func hear(_ news: TravelNews) -> [ConsoleEffect] {
        if case .failed(let reason) = news { fail(TimeWords.unreadable(reason)) }
        return order { $0.hear(news) }
    }

    mutating func tickTravel(_ time: UnixTime) -> [ConsoleEffect] { order { $0.tick(time) } }
}

// MARK: - Jumping

extension ConsoleModel {
    private mutating func askForTime() {
        if past == nil {
            hint = TimeWords.inThePastOnly
        } else if canTravel {
            overlay = .jump(TextField(maximumLength: Self.longestTime))
        } else {
            hint = TimeWords.noHistory
        }
    }

    mutating func type(_ key: Key, intoJump field: TextField) -> [ConsoleEffect] {
        var field = field
        switch key {
        case .escape: overlay = nil
        case .enter:
            overlay = nil
            return field.trimmed.isEmpty ? [] : jump(to: field.trimmed)
        default:
            _ = field.take(key)
            overlay = .jump(field)
        }
        return []
    }

    /// Also from the present, where it is a look back at that time.
    mutating func jump(to text: String) -> [ConsoleEffect] {
        let travel = past?.travel
        let position = travel?.position ?? past?.since ?? now
        guard let time = TimePoint.time(text, from: position, in: travel?.playback?.span) else {
            hint = TimeWords.noTime
            return []
        }
        guard travel == nil else { return order { $0.perform(.jump(time)) } }
        guard keepsHistory else { return refuseTravel() }
        return self.travel(.session, to: time, isPlaying: false)
    }
}

// MARK: - Recording

extension ConsoleModel {
    mutating func record(to path: String?) -> [ConsoleEffect] {
        guard let path else {
            guard recording != nil else {
                hint = TimeWords.notRecording
                return []
            }
            return [.stopRecording]
        }
        guard !isReplay else {
            hint = TimeWords.replayRefusal
            return []
        }
        guard recording == nil else {
            hint = TimeWords.alreadyRecording
            return []
        }
        recording = RecordingState(path: SafeText(path))
        hint = TimeWords.recordingTo(SafeText(path))
        return [.record(path)]
    }

    mutating func hear(_ news: RecordingNews) {
        guard let state = recording else { return }
        switch news {
        case .wrote(let size): recording?.size = size
        case .ended:
            recording = nil
            hint = TimeWords.recorded(state.path, Figures.bytes(state.size))
        case .failed(let reason):
            recording = nil
            fail(TimeWords.recordingFailed(state.path, reason))
        }
    }
}

/// The recording that the operator asked for.
package struct RecordingState: Sendable, Equatable {
    package let path: SafeText
    package internal(set) var size = ByteCount.zero
}
