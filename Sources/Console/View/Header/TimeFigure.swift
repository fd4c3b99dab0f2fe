import FleetModel
import Terminal

/// What the header says of a time that is not now.
struct TimeFigure {
    let past: Past
    let now: UnixTime
    let isNarrow: Bool

    var text: SafeText {
        guard let travel = past.travel else { return TimeWords.paused(Figures.span(past.since.duration(to: now))) }
        let clock = SafeText(travel.position.clockText)
        switch travel.source {
        case .session:
            let span = Figures.span(travel.position.duration(to: now))
            return isNarrow
                ? TimeWords.briefBack(span, clock, pace(travel)) : TimeWords.lookingBack(span, clock, pace(travel))
        case .file:
            let part = Figures.percent(travel.part)
            return isNarrow
                ? TimeWords.briefReplay(clock, pace(travel), part)
                : TimeWords.replay("\(SafeText(travel.position.dateText)) \(clock)", pace(travel), part)
        }
    }

    private func pace(_ travel: Travel) -> SafeText {
        if let progress = travel.progress { return TimeWords.reading(Figures.percent(progress)) }
        return travel.isPlaying ? TimeWords.speed(SafeText(travel.speed.label)) : TimeWords.stopped
    }
}
