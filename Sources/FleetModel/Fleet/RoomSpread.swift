/// Connections of one room by worker.
package struct RoomSpread: Sendable, Equatable {
    package let room: RoomName
    /// As the workers have it: their rules decide.
    package let criticality: Criticality
    package private(set) var connections: [WorkerID: Int] = [:]
    package private(set) var total = 0

    package init(room: RoomName, criticality: Criticality) {
        self.room = room
        self.criticality = criticality
    }

    /// Takes in what a worker says of the room; of a worker that says it twice the last word counts.
    package mutating func add(_ count: Int, of worker: WorkerID) {
        total += count - (connections.updateValue(count, forKey: worker) ?? 0)
    }
}

extension Fleet {
    /// The most populated rooms over all live workers, largest first, each with its connections by worker.
    ///
    /// The rooms are summed first, and only for the largest it is noted who holds them: workers may name a hundred
    /// thousand rooms between them.
    package func topRooms(limit: Int) -> [RoomSpread] {
        let heard = workers.values.lazy.filter { !$0.isStale }.compactMap { record in
            record.heard.map { (id: record.id, rooms: $0.value.topRooms) }
        }
        var sums: [RoomName: Ranked] = [:]
        for worker in heard {
            for count in worker.rooms {
                sums[count.room, default: Ranked(room: count.room, criticality: count.criticality)].sum +=
                    count.connections
            }
        }
        var foremost = Foremost<Ranked>(limit)
        for ranked in sums.values { foremost.insert(ranked) }
        var spreads = foremost.elements.map { RoomSpread(room: $0.room, criticality: $0.criticality) }
        let places = Dictionary(zip(spreads.map(\.room), spreads.indices)) { first, _ in first }
        for worker in heard {
            for count in worker.rooms {
                if let place = places[count.room] { spreads[place].add(count.connections, of: worker.id) }
            }
        }
        return spreads.sorted { ($1.total, $0.room) < ($0.total, $1.room) }
    }

    /// Largest first.
    private struct Ranked: Comparable {
        let room: RoomName
        let criticality: Criticality
        var sum = 0

        static func < (left: Self, right: Self) -> Bool { (right.sum, left.room) < (left.sum, right.room) }
    }
}
