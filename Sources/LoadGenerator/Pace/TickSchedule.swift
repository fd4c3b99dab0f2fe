import FleetModel

/// Things to do at a later tick, in one table instead of a timer each.
package struct TickSchedule<Item> {
    private var items: [UInt64: [Item]] = [:]
    private var current: UInt64 = 0
    /// Nanoseconds between two ticks.
    private let tick: UInt64

    package init(tick: Duration) {
        self.tick = UInt64(max(1, tick.wholeMicroseconds)) * 1_000
    }

    package var isEmpty: Bool { items.isEmpty }

    /// Plans `item` for the first tick that is not before `time`, and never for one that has passed.
    package mutating func add(_ item: Item, at time: UInt64) {
        items[max(current + 1, (time + tick - 1) / tick), default: []].append(item)
    }

    /// Takes out everything planned up to `now`, earliest first.
    package mutating func due(at now: UInt64) -> [Item] {
        let reached = now / tick
        defer { current = max(current, reached) }
        guard reached > current, !items.isEmpty else { return [] }
        let ticks = items.keys.filter { $0 <= reached }.sorted()
        return ticks.flatMap { items.removeValue(forKey: $0) ?? [] }
    }
}
