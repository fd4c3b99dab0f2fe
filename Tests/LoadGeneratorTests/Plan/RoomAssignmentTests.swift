import FleetModel
import Testing

@testable import LoadGenerator

struct RoomAssignmentTests {
    @Test("an even spread gives every room as many clients")
    func even() {
        let assignment = RoomAssignment(rooms: 10, perClient: 3, spread: .even)
        #expect(sizes(assignment, clients: 100, rooms: 10) == Array(repeating: 30, count: 10))
    }

    @Test("a skewed spread gives the first room about twice as many clients as the second, and none no room at all")
    func skewed() {
        let sizes = sizes(RoomAssignment(rooms: 20, perClient: 1, spread: .skewed), clients: 20_000, rooms: 20)
        #expect(abs(Double(sizes[0]) / Double(sizes[1]) - 2) < 0.2)
        #expect(abs(Double(sizes[0]) / Double(sizes[9]) - 10) < 1.5)
        #expect(sizes.reduce(0, +) == 20_000)
    }

    @Test(
        "a client joins each of its rooms once, the same ones each time it is asked", arguments: RoomPopularity.allCases
    )
    func stable(spread: RoomPopularity) {
        let assignment = RoomAssignment(rooms: 12, perClient: 8, spread: spread)
        for client in 0..<200 {
            let rooms = assignment.rooms(of: client)
            #expect(Set(rooms).count == 8)
            #expect(rooms == assignment.rooms(of: client))
        }
    }

    @Test("a client that joins as many rooms as there are joins all of them")
    func all() {
        #expect(RoomAssignment(rooms: 5, perClient: 9, spread: .skewed).rooms(of: 3) == [0, 1, 2, 3, 4])
    }

    @Test("room names are distinct, and of all three classes unless a prefix says otherwise")
    func names() throws {
        let names = try #require(RoomNames.make(count: 500, prefix: nil))
        #expect(Set(names).count == 500)
        for prefix in ["gov:", "ops:", "citizen:"] {
            #expect(names.contains { $0.rawValue.hasPrefix(prefix) })
        }
        #expect(RoomNames.make(count: 2, prefix: "demo:")?.map(\.rawValue) == ["demo:0", "demo:1"])
        #expect(RoomNames.make(count: 2, prefix: "no room ") == nil)
    }

    private func sizes(_ assignment: RoomAssignment, clients: Int, rooms: Int) -> [Int] {
        var sizes = Array(repeating: 0, count: rooms)
        for client in 0..<clients {
            for room in assignment.rooms(of: client) { sizes[room] += 1 }
        }
        return sizes
    }
}
