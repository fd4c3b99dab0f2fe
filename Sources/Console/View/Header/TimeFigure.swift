import FleetModel
import Terminal

/// What the header says of a time that is not now.
struct TimeFigure {
    let past: Past
    let now: UnixTime
    /// In columns; without room for all its words it says the least.
    let room: Int

    var text: SafeText {
        let full = text(isBrief: false)
        return full.columnWidth <= room ? full : text(isBrief: true)
    }

    private func text(isBrief: Bool) -> SafeText {
        guard let travel = past.travel else { return TimeWords.paused(Figures.span(past.since.duration(to: now))) }
        let clock = SafeText(travel.position.clockText)
        switch travel.source {
        case .session:
            let span = Figures.span(travel.position.duration(to: now))
            return isBrief
                ? TimeWords.briefBack(span, clock, briefPace(travel)) : TimeWords.lookingBack(span, clock, pace(travel))
        case .file:
            let part = Figures.percent(travel.part)
            return isBrief
                ? TimeWords.briefReplay(clock, briefPace(travel) ?? part)
                : TimeWords.replay("\(SafeText(travel.position.dateText)) \(clock)", pace(travel), part)
        }
    }

    /// nil while the time stands: that it does not move says it.
    private func briefPace(_ travel: Travel) -> SafeText? {
        travel.progress == nil && !travel.isPlaying ? nil : pace(travel)
    }

    private func pace(_ travel: Travel) -> SafeText {
        if let progress = travel.progress { return TimeWords.reading(Figures.percent(progress)) }
        return travel.isPlaying ? TimeWords.speed(SafeText(travel.speed.label)) : TimeWords.stopped
    }
}
