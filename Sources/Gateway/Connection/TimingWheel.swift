/// Keeps elements until their tick, all in one ring of slots: one timer for any number of deadlines.
///
/// Time is whatever the caller counts. Source: Varghese and Lauck, "Hashed and Hierarchical Timing Wheels".
struct TimingWheel<Element> {
    private var slots: [[(tick: UInt64, element: Element)]]
    /// The last tick whose elements were handed out.
    private(set) var now: UInt64 = 0

    /// - Parameter slotCount: ticks of one turn; deadlines further away are looked at once a turn.
    init(slotCount: Int = 512) {
        slots = Array(repeating: [], count: slotCount)
    }

    /// Hands `element` out at `tick`, or at the next one if that is past.
    mutating func schedule(_ element: Element, at tick: UInt64) {
        let due = max(tick, now + 1)
        slots[slot(due)].append((due, element))
    }

    /// Moves on to `tick`.
    /// - Returns: what was due up to it, by slot.
    mutating func advance(to tick: UInt64) -> [Element] {
        guard tick > now else { return [] }
        var due: [Element] = []
        let steps = min(tick - now, UInt64(slots.count))
        for step in 1...steps { takeDue(from: slot(now + step), upTo: tick, into: &due) }
        now = tick
        return due
    }

    private mutating func takeDue(from slot: Int, upTo tick: UInt64, into due: inout [Element]) {
        guard !slots[slot].isEmpty else { return }
        var later: [(tick: UInt64, element: Element)] = []
        for entry in slots[slot] {
            if entry.tick <= tick { due.append(entry.element) } else { later.append(entry) }
        }
        slots[slot] = later
    }

    private func slot(_ tick: UInt64) -> Int { Int(tick % UInt64(slots.count)) }
}
