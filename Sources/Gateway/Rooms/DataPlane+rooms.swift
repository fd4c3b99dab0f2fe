import AdminAPI
import FleetModel

extension DataPlane {
    /// One page of this worker's rooms, as they were within the last second.
    /// - Throws: `AdminError` for a cursor that is not one of ours, in this order.
    package func rooms(
        _ filter: RoomFilter = .all, order: RoomListOrder = .connections, after cursor: String? = nil, limit: Int
    ) async throws -> Page<RoomInfo> {
        try await roomBook.page(filter, order, after: cursor, limit: limit, policy.rules)
    }

    /// Rooms with clients here, and how many; read in steps, so that no loop is held up.
    func roomCounts() async -> [RoomName: Int] { await Self.roomCounts(of: shards) }

    static func roomCounts(of shards: [LoopShard]) async -> [RoomName: Int] {
        var counts: [RoomName: Int] = [:]
        for shard in shards {
            let part = await roomCounts(of: shard)
            if counts.isEmpty { counts = part } else { counts.merge(part, uniquingKeysWith: +) }
        }
        return counts
    }

    /// A room that comes or goes meanwhile may be there or not; none counts twice.
    private static func roomCounts(of shard: LoopShard) async -> [RoomName: Int] {
        var counts: [RoomName: Int] = [:]
        var end: Int? = .max
        while let below = end, let step = await on(shard, { $0.roomSizes(below: below) }) {
            if counts.isEmpty { counts.reserveCapacity(step.end + step.sizes.count) }
            for size in step.sizes { counts[size.room] = size.connections }
            end = step.end > 0 ? step.end : nil
        }
        return counts
    }
}

extension LoopShard {
    /// Rooms that are read in one turn of the loop: a fraction of a millisecond.
    static let roomsPerStep = 4_096

    /// The rooms that stand in the list before `end`, as many as a step has, and where they begin.
    ///
    /// The list is walked from its end: when a room goes, the last takes its place, and that was read before.
    func roomSizes(below end: Int) -> (sizes: [RoomSize], end: Int) {
        let end = min(end, roomGroups.count)
        let start = max(0, end - Self.roomsPerStep)
        let sizes = roomGroups[start..<end].compactMap { group in
            group.room.map { RoomSize(room: $0, connections: group.members.count) }
        }
        return (sizes, start)
    }
}
