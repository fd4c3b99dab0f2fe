/// The streams of critical rooms that were found in a Redis.
package struct RedisStreamList: Sendable, Equatable, Codable {
    /// The longest first, then by name; at most `maximumListed`.
    package var items: [RedisStreamInfo]
    /// Streams that were found.
    package var found: Int
    /// Keys that were looked at, of `keys` in all.
    package var scanned: Int
    package var keys: Int

    package init(items: [RedisStreamInfo], found: Int, scanned: Int, keys: Int) {
        self.items = items
        self.found = found
        self.scanned = scanned
        self.keys = keys
    }

    package static let maximumListed = 32
}

/// The stream of a critical room.
package struct RedisStreamInfo: Sendable, Equatable, Codable {
    /// Its key, `gad:stream:<room>`.
    package var name: String
    /// Messages in it.
    package var length: Int
    /// The offset of the last message that was ever in it.
    package var lastID: String

    package init(name: String, length: Int, lastID: String) {
        self.name = name
        self.length = length
        self.lastID = lastID
    }

    private enum CodingKeys: String, CodingKey {
        case name, length
        case lastID = "last_id"
    }
}
