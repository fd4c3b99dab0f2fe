import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("The list of rooms")
struct RoomListTests {
    private func sizes(_ counts: [String: Int]) throws -> [RoomSize] {
        try counts.map { RoomSize(room: try #require(RoomName($0.key)), connections: $0.value) }
    }

    private func names(_ page: Page<RoomInfo>) -> [String] { page.items.map(\.room.rawValue) }

    @Test("by name, pages of many workers begin after the same room, whether or not a worker has it")
    func merging() throws {
        let workers = try [["a": 1, "c": 2, "e": 3], ["b": 4, "c": 5], ["d": 6]].map {
            RoomList(try sizes($0), .all, .name)
        }
        var merged: [String] = []
        while true {
            let pages = try workers.map { try $0.page(after: merged.last, limit: 2, .standard) }
            let next = Set(pages.flatMap(names)).sorted().prefix(2)
            guard !next.isEmpty else { break }
            merged += next
        }
        #expect(merged == ["a", "b", "c", "d", "e"])
    }

    @Test("by size, equals stand by name, and a cursor goes on where a page ended")
    func bySize() throws {
        let list = RoomList(try sizes(["a": 1, "b": 3, "c": 1, "d": 2]), .all, .connections)
        let first = try list.page(after: nil, limit: 3, .standard)
        #expect(names(first) == ["b", "d", "a"] && first.total == 4)
        let second = try list.page(after: first.nextCursor, limit: 3, .standard)
        #expect(names(second) == ["c"] && second.nextCursor == nil)
    }

    @Test("the total is that of the rooms that were asked for")
    func filtered() throws {
        let sizes = try sizes(["ops:a": 1, "ops:b": 2, "gov:a": 3])
        let pattern = try #require(RoomPattern("*:a"))
        #expect(try RoomList(sizes, .prefix("ops:"), .name).page(after: nil, limit: 1, .standard).total == 2)
        let page = try RoomList(sizes, .pattern(pattern), .name).page(after: nil, limit: 9, .standard)
        #expect(names(page) == ["gov:a", "ops:a"] && page.total == 2)
    }

    @Test("the first page is the same whether or not the whole list is in order", arguments: RoomListOrder.allCases)
    func first(_ order: RoomListOrder) throws {
        let sizes = try sizes(["ops:a": 1, "ops:b": 2, "gov:a": 3, "ops:c": 2])
        for filter in [RoomFilter.all, .prefix("ops:"), .prefix("x")] {
            for limit in 1...4 {
                let alone = RoomList.firstPage(of: sizes, filter, order, limit: limit, .standard)
                #expect(try RoomList(sizes, filter, order).page(after: nil, limit: limit, .standard) == alone)
            }
        }
    }

    @Test("a cursor of another order is refused", arguments: [RoomListOrder.connections, .name])
    func foreign(_ order: RoomListOrder) throws {
        let list = RoomList(try sizes(["a": 1]), .all, order)
        let cursor = order == .name ? "3@a" : "a"
        #expect(throws: AdminError.self) { try list.page(after: cursor, limit: 1, .standard) }
    }
}
