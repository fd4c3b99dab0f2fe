/// Which messages of one room one client has received, over all of its sessions.
///
/// A room's messages are numbered from 0 without holes by its one publisher, so what was received is everything from
/// `first` up to `next`, but for the gaps. That is small however long the run, and exact.
package struct RoomReceipts: Sendable, Equatable, Codable {
    /// A run of messages that have not come although a later one has.
    package struct Gap: Sendable, Equatable, Codable {
        package var messages: Range<UInt32>
        /// The messages before and after it came in different sessions, and the later one did not resume the earlier:
        /// the client was away.
        package let isBetweenSessions: Bool
    }

    package let room: Int32
    /// The lowest sequence number received; meaningless until something is.
    package private(set) var first: UInt32 = 0
    /// One above the highest sequence number received.
    package private(set) var next: UInt32 = 0
    /// Ascending, at most `maximumGaps`.
    package private(set) var gaps: [Gap] = []
    /// Distinct messages received.
    package private(set) var received: UInt32 = 0
    /// Messages received again, in the same session or in a later one.
    package private(set) var duplicates: UInt32 = 0
    /// Messages that came after one of a higher number.
    package private(set) var outOfOrder: UInt32 = 0
    /// Missing messages of gaps within a session that are no longer listed.
    package private(set) var unlistedLost: UInt32 = 0
    /// Missing messages of gaps between sessions that are no longer listed.
    package private(set) var unlistedAway: UInt32 = 0
    /// The server keeps the room in a stream, so that a client that was away is due what it missed.
    package private(set) var isStream = false
    /// The last session began without what came before it, at this time of `SteadyClock`, and no message has come since.
    package private(set) var anewSince: UInt64?

    /// Enough for every reconnect of a long run and for scattered losses; beyond it the oldest are only counted.
    package static let maximumGaps = 64

    package init(room: Int32) {
        self.room = room
    }

    /// The client is subscribed again without having resumed: what is missing before the next message may have been
    /// published while it was away.
    package mutating func beginAnew(at time: UInt64) {
        anewSince = time
    }

    package mutating func markStream() {
        isStream = true
    }

    package mutating func receive(_ sequence: UInt32) {
        if sequence == next {
            next &+= 1
            if received == 0 { first = sequence }
            received &+= 1
            anewSince = nil
        } else {
            receiveUnexpected(sequence)
        }
    }

    private mutating func receiveUnexpected(_ sequence: UInt32) {
        if received == 0 {
            first = sequence
            next = sequence + 1
            received = 1
        } else if sequence > next {
            list(Gap(messages: next..<sequence, isBetweenSessions: anewSince != nil))
            next = sequence + 1
            received += 1
        } else {
            receiveLate(sequence)
        }
        anewSince = nil
    }

    private mutating func receiveLate(_ sequence: UInt32) {
        if sequence < first {
            if sequence + 1 < first {
                insert(Gap(messages: (sequence + 1)..<first, isBetweenSessions: false), at: 0)
            }
            first = sequence
        } else if let index = gaps.lastIndex(where: { $0.messages.contains(sequence) }) {
            fill(sequence, inGap: index)
        } else {
            duplicates += 1
            return
        }
        received += 1
        outOfOrder += 1
    }

    private mutating func fill(_ sequence: UInt32, inGap index: Int) {
        let gap = gaps.remove(at: index)
        let above = (sequence + 1)..<gap.messages.upperBound
        let below = gap.messages.lowerBound..<sequence
        for part in [above, below] where !part.isEmpty {
            insert(Gap(messages: part, isBetweenSessions: gap.isBetweenSessions), at: index)
        }
    }

    private mutating func list(_ gap: Gap) {
        insert(gap, at: gaps.count)
    }

    private mutating func insert(_ gap: Gap, at index: Int) {
        gaps.insert(gap, at: index)
        guard gaps.count > Self.maximumGaps else { return }
        let oldest = gaps.remove(at: gaps.firstIndex { !$0.isBetweenSessions } ?? 0)
        if oldest.isBetweenSessions {
            unlistedAway += UInt32(oldest.messages.count)
        } else {
            unlistedLost += UInt32(oldest.messages.count)
        }
    }
}

// MARK: - What is missing

extension RoomReceipts {
    /// Where gaps have been forgotten, everything below this is settled in the counts of the unlisted.
    package var isComplete: Bool { unlistedLost == 0 && unlistedAway == 0 }

    /// How many messages of `range` are not received, as far as they are listed.
    package func missing(in range: Range<UInt32>) -> Int {
        guard received > 0 else { return range.count }
        let before = range.clamped(to: 0..<first).count
        let after = range.upperBound > next ? range.count - range.clamped(to: 0..<next).count : 0
        return before + after + gaps.reduce(0) { $0 + $1.messages.clamped(to: range).count }
    }

    /// Of those, the ones that lie between a session and the next one that did not resume it.
    /// - Parameter anew: the messages published before `anewSince`.
    package func missingBetweenSessions(in range: Range<UInt32>, before anew: Range<UInt32>) -> Int {
        let listed = gaps.reduce(0) { $0 + ($1.isBetweenSessions ? $1.messages.clamped(to: range).count : 0) }
        guard anewSince != nil else { return listed }
        let open = anew.clamped(to: range)
        return listed + (received > 0 ? open.count - open.clamped(to: 0..<next).count : open.count)
    }
}
