import AdminAPI
import FleetModel
import Synchronization
import Testing

@testable import Gateway

@Suite("Lists of rooms that are kept")
struct RoomBookTests {
    /// A worker whose rooms are counted, by a clock that a test moves.
    final class World: Sendable {
        let walks = Mutex(0)
        let now = Mutex(ContinuousClock.now)

        func pass(_ time: Duration) { now.withLock { $0 += time } }

        func book() -> RoomBook {
            RoomBook(now: { self.now.withLock { $0 } }) {
                let walk = self.walks.withLock { walks in
                    walks += 1
                    return walks
                }
                return [RoomName("a"), RoomName("b")].compactMap(\.self).reduce(into: [:]) { $0[$1] = walk }
            }
        }
    }

    @Test("many pages and orders within a moment cost one walk through the rooms; later it is walked again")
    func kept() async throws {
        let world = World()
        let book = world.book()
        let filters: [RoomFilter] = [.all, .prefix("a"), .prefix("b"), .prefix("c"), .prefix("d"), .prefix("e")]
        for filter in filters {
            for order in RoomListOrder.allCases {
                for cursor in [nil, order == .name ? "a" : "9@a"] {
                    _ = try await book.page(filter, order, after: cursor, limit: 1, .standard)
                }
            }
        }
        world.pass(RoomBook.kept / 2)
        #expect(try await book.page(.all, .name, after: "a", limit: 9, .standard).items.map(\.connections) == [1])
        #expect(world.walks.withLock { $0 } == 1)
        world.pass(RoomBook.kept / 2)
        #expect(try await book.page(.all, .name, after: nil, limit: 9, .standard).items.map(\.connections) == [2, 2])
    }

    @Test("those who ask while it is walked wait for the same walk")
    func shared() async throws {
        let world = World()
        let book = world.book()
        let totals = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await book.page(.all, .connections, after: nil, limit: 1, .standard).total
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(totals == Array(repeating: 2, count: 20))
        #expect(world.walks.withLock { $0 } == 1)
    }
}
