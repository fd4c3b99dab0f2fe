import AdminAPI
import AdminClient
import FleetModel

extension AdminClient {
    /// Pages of `PageLimit.maximum` rooms that are read of one worker; beyond, only the smallest rooms are missing.
    private static let maximumPages = 200

    /// All rooms of a worker whose names start with `prefix`, page by page.
    func rooms(of endpoint: AdminEndpoint, prefix: String) async throws(AdminFailure) -> [RoomInfo] {
        var rooms: [RoomInfo] = []
        var cursor: String?
        for _ in 0..<Self.maximumPages {
            let request = AdminRequest(endpoint, .get, .rooms, query: Self.query(prefix: prefix, cursor: cursor))
            let page = try await value(of: Page<RoomInfo>.self, from: request)
            rooms += page.items
            cursor = page.nextCursor
            if cursor == nil || page.items.isEmpty { break }
        }
        return rooms
    }

    private static func query(prefix: String, cursor: String?) -> String {
        var parts = ["limit=\(PageLimit.maximum)"]
        if !prefix.isEmpty { parts.append("prefix=" + AdminRequest.encoded(prefix)) }
        if let cursor { parts.append("cursor=" + AdminRequest.encoded(cursor)) }
        return parts.joined(separator: "&")
    }
}
