/// When each message of each room was published; the measure of what clients should have received.
package struct PublishLog: Sendable {
    private struct Room {
        /// The sequence number of the first time kept.
        var base: UInt32 = 0
        /// Ascending, since one publisher numbers and stamps the messages of a room.
        var times: [UInt64] = []
        /// Numbers given to messages that Redis never confirmed; ascending and apart.
        var unsent: [Range<UInt32>] = []
    }

    private var rooms: [Room]
    private var kept = 0
    private let capacity: Int
    package private(set) var published: UInt64 = 0
    package private(set) var unconfirmed: UInt64 = 0

    /// 128 MiB: nearly an hour at 5,000 messages a second. In a longer run the older half is let go, and sessions are
    /// accounted for from there on.
    package static let defaultCapacity = 1 << 24

    package init(rooms: Int, capacity: Int = defaultCapacity) {
        self.rooms = Array(repeating: Room(), count: rooms)
        self.capacity = capacity
    }

    /// Whether times have been let go, so that the accounts begin later than the run.
    package var isTruncated: Bool { rooms.contains { $0.base > 0 } }

    /// - Returns: the sequence number of the message.
    package mutating func append(room: Int, at time: UInt64) -> UInt32 {
        if kept == capacity { letGoOfOlderHalf() }
        rooms[room].times.append(time)
        kept += 1
        published += 1
        return rooms[room].base + UInt32(rooms[room].times.count) - 1
    }

    /// Nobody is expected to receive this message.
    package mutating func markUnconfirmed(room: Int, sequence: UInt32) {
        unconfirmed += 1
        rooms[room].unsent.insertMerging(sequence)
    }

    /// The messages of a room published at `start` or later and before `end`.
    package func sequences(room: Int, from start: UInt64, before end: UInt64) -> Range<UInt32> {
        let (base, times) = (rooms[room].base, rooms[room].times)
        let low = times.firstIndex(notBefore: start)
        let high = max(low, times.firstIndex(notBefore: end))
        return (base + UInt32(low))..<(base + UInt32(high))
    }

    /// How many messages of a room were published, and how many of them were never confirmed.
    package func counts(room: Int) -> (all: UInt64, unconfirmed: UInt64) {
        let all = UInt64(rooms[room].base) + UInt64(rooms[room].times.count)
        return (all, rooms[room].unsent.reduce(0) { $0 + UInt64($1.count) })
    }

    /// How many messages of `range` were never confirmed.
    package func unconfirmed(room: Int, in range: Range<UInt32>) -> Int {
        rooms[room].unsent.reduce(0) { $0 + $1.clamped(to: range).count }
    }

    /// The ranges of a room's messages that nobody is expected to receive.
    package func unconfirmedRanges(room: Int) -> [Range<UInt32>] { rooms[room].unsent }

    private mutating func letGoOfOlderHalf() {
        kept = 0
        for index in rooms.indices {
            let dropped = rooms[index].times.count / 2
            rooms[index].times.removeFirst(dropped)
            rooms[index].base += UInt32(dropped)
            kept += rooms[index].times.count
        }
    }
}

extension [UInt64] {
    /// The first index whose element is `value` or more, in an ascending array.
    fileprivate func firstIndex(notBefore value: UInt64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [Range<UInt32>] {
    /// Adds one number, which is mostly the one after the last.
    fileprivate mutating func insertMerging(_ number: UInt32) {
        if let last = indices.last, self[last].upperBound == number {
            self[last] = self[last].lowerBound..<(number + 1)
        } else if last.map({ $0.upperBound < number }) ?? true {
            append(number..<(number + 1))
        } else if !contains(where: { $0.contains(number) }) {
            insert(number..<(number + 1), at: firstIndex { $0.lowerBound > number } ?? count)
        }
    }
}
