import AdminAPI
import FleetModel
import Terminal

extension ConsoleModel {
    /// Takes in what happened.
    /// - Returns: what is to be done about it, in order.
    package mutating func update(_ event: ConsoleEvent) -> [ConsoleEffect] {
        switch event {
        case .terminal(.key(let key)): return press(key)
        case .terminal(.resized(let size)): resize(size)
        case .terminal(.mouse), .terminal(.paste): break
        case .terminal(.hungUp): return [.quit]
        case .fleet(let events): observe(events)
        case .acts(let news): news.forEach { hear($0) }
        case .tick(let time): return tick(time)
        }
        return []
    }

    private mutating func resize(_ size: Size) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        keepSelectionVisible()
    }

    private mutating func tick(_ time: UnixTime) -> [ConsoleEffect] {
        now = time
        tellSilence(of: fleet.tick(at: time))
        earlySnapshots = 0
        refresh()
        replan()
        return askOperations() + quitIfWaitedFor()
    }

    /// Derives anew what is shown.
    mutating func refresh() {
        let members = members ?? fleet.workers.keys.sorted()
        self.members = members
        live = Snapshot(of: fleet, members: members, at: now, after: live)
        if !isPaused { arrange() }
    }

    /// Filters and sorts anew, without moving what the operator looks at.
    mutating func arrange() {
        let rows = shown.rows
        order = sort.order(rows).filter { filter.shows(rows[$0]) }
        if isFollowing { keepSelectionVisible() } else { clampScroll() }
    }
}
