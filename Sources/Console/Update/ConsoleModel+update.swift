import AdminAPI
import FleetModel
import Terminal

extension ConsoleModel {
    /// Takes in what happened.
    /// - Returns: what is to be done about it, in order.
    package mutating func update(_ event: ConsoleEvent) -> [ConsoleEffect] {
        // A batch of samples that can wait for its tick changes nothing that is shown.
        if case .fleet(let events) = event, !observe(events) { return [] }
        let effects = take(event)
        refreshPages()
        return effects
    }

    private mutating func take(_ event: ConsoleEvent) -> [ConsoleEffect] {
        switch event {
        case .terminal(.key(let key)): return press(key)
        case .terminal(.resized(let size)):
            self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        case .terminal(.mouse(let mouse)): return hear(mouse)
        case .terminal(.paste(let text)): paste(text)
        case .terminal(.hungUp): return [.quit]
        case .fleet: break
        case .answers(let answers):
            answers.forEach { live.hear($0) }
            replan()
        case .acts(let news): news.forEach { hear($0) }
        case .notice(let severity, let words): note(severity, words)
        case .themed(let name): return keep(theme: name)
        case .names(let names): self.names = names
        case .switched(let fleet, let contexts): startOver(on: fleet, contexts)
        case .travel(let news): return hear(news)
        case .recording(let news): hear(news)
        case .tick(let time): return tick(time)
        }
        return []
    }

    /// - Returns: whether what is shown has changed.
    private mutating func observe(_ events: [FleetEvent]) -> Bool {
        let before = live.operations
        defer { noteFailures(since: before) }
        return live.observe(events)
    }

    private mutating func tick(_ time: UnixTime) -> [ConsoleEffect] {
        now = time
        live.tick(time)
        replan()
        return askOperations() + fetchWishes() + tickTravel(time) + quitIfWaitedFor()
    }

    /// What went wrong stays on the screen until it is read; what went well answers the last key.
    private mutating func note(_ severity: Severity, _ words: SafeText) {
        if severity > .notice { fail(words) } else { hint = words }
    }
}
