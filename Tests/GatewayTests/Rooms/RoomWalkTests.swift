import AdminAPI
import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Walking through the rooms of a loop")
struct RoomWalkTests {
    private static let rooms = LoopShard.roomsPerStep + 500

    /// A worker of one loop whose only client is in many rooms.
    private func run(_ body: (TestWorker, LoopShard, TestClient) async throws -> Void) async throws {
        try await TestWorker.run(configure: { $0.policy.limits.roomsPerConnection = Self.rooms }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            let names = (0..<Self.rooms).compactMap { RoomName("room-\($0)") }
            let shard = worker.plane.shards[0]
            try await shard.loop.submit { shard.connections.first??.join(names) }.get()
            try await body(worker, shard, client)
        }
    }

    @Test("takes a step a turn, and tells of each room once")
    func steps() async throws {
        try await run { worker, shard, _ in
            let first = try await shard.loop.submit { shard.roomSizes(below: .max) }.get()
            #expect(first.sizes.count == LoopShard.roomsPerStep && first.end == 500)
            let counts = await worker.plane.roomCounts()
            #expect(counts.count == Self.rooms && counts.values.allSatisfy { $0 == 1 })
            #expect(await worker.plane.snapshot().rooms == Self.rooms)
        }
    }

    @Test("misses none of those that stay while others go")
    func going() async throws {
        try await run { worker, shard, _ in
            let first = try await shard.loop.submit { shard.roomSizes(below: .max) }.get()
            let gone = (0..<Self.rooms).filter { $0.isMultiple(of: 3) }.compactMap { RoomName("room-\($0)") }
            try await shard.loop.submit { shard.connections.first??.leave(gone) }.get()
            var (seen, end) = (Set(first.sizes.map(\.room)), first.end)
            while end > 0 {
                let step = try await shard.loop.submit { [end] in shard.roomSizes(below: end) }.get()
                seen.formUnion(step.sizes.map(\.room))
                end = step.end
            }
            let stayed = Set((0..<Self.rooms).compactMap { RoomName("room-\($0)") }).subtracting(gone)
            #expect(stayed.isSubset(of: seen))
            #expect(Set(await worker.plane.roomCounts().keys) == stayed)
        }
    }
}

extension Connection {
    fileprivate func join(_ rooms: [RoomName]) { shard.join(rooms, self) { _ in } }
    fileprivate func leave(_ rooms: [RoomName]) { shard.leave(rooms, self) }
}
