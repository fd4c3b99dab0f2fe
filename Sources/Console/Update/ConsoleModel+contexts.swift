import FleetModel
import Terminal

/// Looking at one fleet or at several.
extension ConsoleModel {
    /// Acts need one fleet: they are planned, led and audited in it.
    var hasSeveralContexts: Bool { contexts.count > 1 }

    /// What is led here would be left in the middle of it.
    mutating func open(contexts names: [String]) -> [ConsoleEffect] {
        guard !isReplay else {
            hint = TimeWords.replayRefusal
            return []
        }
        guard ledOperations.isEmpty, acts.pending.isEmpty else {
            hint = ContextWords.leadsHere
            return []
        }
        return [.open(contexts: names)]
    }

    /// Nothing that was known holds for another fleet; what the operator chose does.
    mutating func startOver(on fleet: SafeText, _ contexts: [String]) {
        (fleetName, fleetPlaces, self.contexts) = (fleet, [], contexts)
        (live, past, second, overlay) = (World(at: now), nil, nil, nil)
        // A recording ends with the link to the fleet that it is of.
        (acts, recording, quitsOnceEnded) = (ActBook(), nil, false)
        pages = PageStack(FleetPage())
        pages.root.workers.preferences = preferences.tables[PageKind.fleet.rawValue] ?? TableState.Preferences()
        hint = ContextWords.opened(fleet)
    }
}
