/// How many members the rooms of a pattern have on one worker: all of them, however many rooms there are.
///
/// A sample names a worker's largest rooms only.
package struct RoomTally: Sendable, Equatable {
    package var pattern: RoomPattern
    /// A client in two of the rooms counts twice.
    package var members: Int
    /// The first critical ones among the rooms, by name.
    package var criticalRooms: [RoomName]

    package init(pattern: RoomPattern, members: Int, criticalRooms: [RoomName]) {
        self.pattern = pattern
        self.members = members
        self.criticalRooms = criticalRooms
    }
}

extension WorkerRecord {
    /// What is known of the rooms of a pattern: what was counted with the last sample, or that sample itself where it
    /// names every room of the worker; nil where it is not known.
    package func tally(of pattern: RoomPattern) -> RoomTally? {
        if let tally, tally.pattern == pattern { return tally }
        guard let sample, sample.rooms <= sample.topRooms.count else { return nil }
        let rooms = sample.topRooms.filter { pattern.matches($0.room) }
        return RoomTally(
            pattern: pattern, members: rooms.reduce(0) { $0 + $1.connections },
            criticalRooms: rooms.filter { $0.criticality == .critical }.map(\.room).sorted())
    }
}
