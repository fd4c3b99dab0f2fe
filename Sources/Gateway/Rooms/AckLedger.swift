import DequeModule
import FleetModel
import NIOCore

/// Counts who acknowledged which critical message, or which of an operator's: the last ones of one loop, each
/// connection once.
struct AckLedger {
    /// Enough for the last minutes of alerts; a message that is acknowledged later than that is not counted.
    static let maximumMessages = 1_024

    private struct Line {
        var id: String
        var record: AckRecord
        var acknowledged = SlotSet()
        /// One for each time that it was handed out.
        var later: [MissedCount] = []

        /// With those who missed it later.
        var current: AckRecord {
            var current = record
            let missed = later.reduce(0) { $0 + $1.count }
            current.delivered = max(0, current.delivered - missed)
            current.dropped += missed
            return current
        }
    }

    private var lines: Deque<Line> = []
    /// Where a message is in `lines`, counted from the first line ever.
    private var places: [String: Int] = [:]
    private var removed = 0

    /// Notes a message that was handed to so many connections, again where it comes again.
    mutating func delivered(
        _ id: String, of room: RoomName?, _ position: StreamPosition?, to count: Int, missedBy missed: Int = 0,
        _ later: MissedCount? = nil, at time: UnixTime
    ) {
        if let index = index(of: id) {
            lines[index].record.delivered += count
            lines[index].record.dropped += missed
            if let later, count > 0 { lines[index].later.append(later) }
            return
        }
        if lines.count == Self.maximumMessages { removeFirst() }
        places[id] = removed + lines.count
        lines.append(
            Line(
                id: id,
                record: AckRecord(
                    messageID: id, room: room, position: position, publishedAt: time, delivered: count,
                    dropped: missed),
                later: later.map { [$0] } ?? []))
    }

    /// - Returns: false for a message that is not known, or was acknowledged by the connection before.
    mutating func acknowledge(_ id: String, slot: Int32) -> Bool {
        guard let index = index(of: id), lines[index].acknowledged.insert(slot) else { return false }
        lines[index].record.acknowledged += 1
        return true
    }

    /// A connection is gone, and its slot may be given to another.
    mutating func forget(slot: Int32) {
        for index in lines.indices { lines[index].acknowledged.remove(slot) }
    }

    func room(of id: String) -> RoomName? { index(of: id).flatMap { lines[$0].record.room } }

    /// - Parameter id: of one message; nil for all.
    func records(of id: String?) -> [AckRecord] {
        guard let id else { return lines.map(\.current) }
        return index(of: id).map { [lines[$0].current] } ?? []
    }

    private func index(of id: String) -> Int? { places[id].map { $0 - removed } }

    private mutating func removeFirst() {
        places[lines.removeFirst().id] = nil
        removed += 1
    }
}

/// One critical message, and how far it went on one loop.
struct AckRecord: Sendable, Equatable {
    var messageID: String
    /// nil for one that was not about a room.
    var room: RoomName?
    var position: StreamPosition?
    var publishedAt: UnixTime
    /// Connections it was written to or waits for; one that takes nothing may be closed before it has it.
    var delivered: Int
    /// Connections that it was for and that missed it; counted of operators' messages.
    var dropped = 0
    /// Connections that said they have it.
    var acknowledged = 0
}

/// A set of connections by their slots: a bit each.
private struct SlotSet {
    private var words: [UInt64] = []

    /// - Returns: whether it was not there before.
    mutating func insert(_ slot: Int32) -> Bool {
        let (word, bit) = Self.place(slot)
        if words.count <= word { words += Array(repeating: 0, count: word + 1 - words.count) }
        defer { words[word] |= bit }
        return words[word] & bit == 0
    }

    mutating func remove(_ slot: Int32) {
        let (word, bit) = Self.place(slot)
        if word < words.count { words[word] &= ~bit }
    }

    private static func place(_ slot: Int32) -> (word: Int, bit: UInt64) { (Int(slot) >> 6, 1 << UInt64(slot & 63)) }
}
