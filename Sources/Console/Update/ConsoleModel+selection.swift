import AdminAPI
import FleetModel

/// What an act begins with, by what is selected on the page that has the keys.
extension ConsoleModel {
    private var selection: PageSelection { page.selection(context) }

    var selectedRoom: RoomName? {
        if case .room(let room) = selection { room } else { nil }
    }

    var selectedThrottle: RoomPattern? {
        if case .throttle(let pattern) = selection { pattern } else { nil }
    }

    /// The rooms that a throttle would be for; empty where none are selected.
    var selectedPattern: String { selectedThrottle?.rawValue ?? selectedRoom?.rawValue ?? "" }

    /// For the workers that are marked or selected, or the one breaker that is.
    var breakerAct: BreakerAct? {
        if case .breaker(let name, let worker) = selection { return BreakerAct(workers: [worker], name: name) }
        return targets.isEmpty ? nil : BreakerAct(workers: targets, name: troubledBreaker)
    }

    /// Which one is meant, where one is not closed.
    private var troubledBreaker: BreakerName? {
        targets.lazy.compactMap { live.fleet.workers[$0]?.sample?.breakers.first { $0.state != .closed }?.name }.first
    }

    /// Only where connections are looked at: an id is not typed from memory.
    var kickAct: KickAct? {
        if case .connection(let id, let worker) = selection { return KickAct(connection: id, worker: worker) }
        return page.kind == .connections ? KickAct(connection: "", worker: nil) : nil
    }

    /// For the id of a message: no other console, and no other moment of this one, has the same.
    var uniqueText: String {
        String(nonce, radix: 36) + "-" + String(UInt64(bitPattern: now.microseconds), radix: 36) + "-"
            + String(acts.count, radix: 36)
    }
}
