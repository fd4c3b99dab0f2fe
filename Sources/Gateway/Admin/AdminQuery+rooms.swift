import AdminAPI
import FleetModel

extension AdminQuery {
    /// The rooms a list is about: at most one of `prefix=` and `pattern=`.
    func roomFilter() throws -> RoomFilter {
        guard let text = text("pattern") else { return text("prefix").map { .prefix($0) } ?? .all }
        guard self.text("prefix") == nil else {
            throw AdminError(.badRequest, "ask by prefix or by pattern, not by both")
        }
        guard let pattern = RoomPattern(text) else {
            throw AdminError(.badRequest, "\"\(text)\" is no pattern: \(RoomPattern.rules)")
        }
        return .pattern(pattern)
    }

    /// Where the page before ended. In the order of names that is a room, which may be one that the worker does not
    /// have; in other orders only a worker's own cursor says it.
    func roomPosition(_ order: RoomListOrder) throws -> String? {
        guard let after = text("after") else { return text("cursor") }
        guard order == .name else {
            throw AdminError(.badRequest, "after goes with order=name; pages of another order go on with cursor")
        }
        guard text("cursor") == nil else {
            throw AdminError(.badRequest, "go on after a room or from a cursor, not from both")
        }
        guard RoomName(after) != nil else {
            throw AdminError(.badRequest, "\"\(after)\" is no room name: 1 to 128 of A-Za-z0-9:_.- are allowed")
        }
        return after
    }
}
