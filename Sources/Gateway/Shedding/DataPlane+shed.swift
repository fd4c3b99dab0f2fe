import FleetModel
import WebSocket

extension DataPlane: ShedTarget {
    func refuseNewWhileShedding() async { await shutDoor(for: .rebalance) }

    func acceptNewAfterShedding() async throws { try await openDoor(for: [.rebalance]) }

    func shed(upTo count: Int, in rooms: RoomPattern?) async -> ShedTally {
        let tallies = await onEachShard { $0.closeOverdue(in: rooms) }
        let tally = tallies.reduce(ShedTally(), +)
        guard count > 0, tally.matching > 0 else { return tally }
        return await tell(count, in: rooms).reduce(ShedTally(), +)
    }

    /// Spreads the count over the loops in a random order, so that the remainder of the division favours none.
    private func tell(_ count: Int, in rooms: RoomPattern?) async -> [ShedTally] {
        let shuffled = shards.shuffled()
        var sizes: [Int] = []
        for shard in shuffled { sizes.append(await Self.on(shard) { $0.stayers(in: rooms).count } ?? 0) }
        var tallies: [ShedTally] = []
        for (shard, share) in zip(shuffled, Self.shares(of: count, sizes)) {
            if let tally = await Self.on(shard, { $0.tellToLeave(share, in: rooms) }) { tallies.append(tally) }
        }
        return tallies
    }
}
