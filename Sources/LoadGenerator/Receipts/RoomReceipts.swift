/// Which messages of one room one client has received, over all of its sessions.
///
/// A room's messages are numbered from 0 without holes by its one publisher, so what was received is everything from
/// `first` up to `next`, but for the gaps. That is small however long the run, and exact.
package struct RoomReceipts: Sendable, Equatable, Codable {
    /// A run of messages that have not come although a later one has.
    package struct Gap: Sendable, Equatable, Codable {
        package var messages: Range<UInt32>
        /// The messages before and after it came in different sessions, and the later one did not resume the earlier:
        /// since then, by `SteadyClock`, the client is due every message again. nil for a gap within a session.
        package let anewSince: UInt64?
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
    /// Missing messages of gaps between sessions that are no longer listed: which of them were due is not known.
    package private(set) var unlistedAway: UInt32 = 0
    /// The server keeps the room in a stream, so that a client that was away is due what it missed.
    package private(set) var isStream = false
    /// The last session began without what came before it, at this time of `SteadyClock`, and no later message than
    /// those before has come since.
    package private(set) var anewSince: UInt64?
    /// `anewSince` when the first message came.
    package private(set) var anewBeforeFirst: UInt64?

    /// As many as there may be sessions, and so enough for every reconnect; beyond it the oldest are only counted.
    package static let maximumGaps = ClientReceipts.maximumSessions

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
            if received == 0 { begin(with: sequence) }
            received &+= 1
            anewSince = nil
        } else {
            receiveUnexpected(sequence)
        }
    }

    private mutating func receiveUnexpected(_ sequence: UInt32) {
        guard received == 0 || sequence > next else { return receiveLate(sequence) }
        if received == 0 {
            begin(with: sequence)
        } else {
            insert(Gap(messages: next..<sequence, anewSince: anewSince), at: gaps.count)
        }
        next = sequence + 1
        received += 1
        anewSince = nil
    }

    private mutating func begin(with sequence: UInt32) {
        first = sequence
        anewBeforeFirst = anewSince
    }

    private mutating func receiveLate(_ sequence: UInt32) {
        if sequence < first {
            if sequence + 1 < first {
                insert(Gap(messages: (sequence + 1)..<first, anewSince: anewBeforeFirst), at: 0)
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
            insert(Gap(messages: part, anewSince: gap.anewSince), at: index)
        }
    }

    private mutating func insert(_ gap: Gap, at index: Int) {
        gaps.insert(gap, at: index)
        guard gaps.count > Self.maximumGaps else { return }
        let oldest = gaps.remove(at: gaps.firstIndex { $0.anewSince == nil } ?? 0)
        if oldest.anewSince == nil {
            unlistedLost += UInt32(oldest.messages.count)
        } else {
            unlistedAway += UInt32(oldest.messages.count)
        }
    }
}

// MARK: - What is missing

extension RoomReceipts {
    /// How many messages of `range` are not received, as far as they are listed.
    package func missing(in range: Range<UInt32>) -> Int {
        guard received > 0 else { return range.count }
        let before = range.clamped(to: 0..<first).count
        let after = range.upperBound > next ? range.count - range.clamped(to: 0..<next).count : 0
        return before + after + gaps.reduce(0) { $0 + $1.messages.clamped(to: range).count }
    }

    /// Runs of missing messages before a session that did not resume the one before it, each with when that session
    /// began: what was published earlier is not due, what was published later is.
    package var gapsBeforeSessions: [Gap] {
        var runs = gaps.filter { $0.anewSince != nil }
        if received > 0, first > 0, let anewBeforeFirst {
            runs.append(Gap(messages: 0..<first, anewSince: anewBeforeFirst))
        }
        if let anewSince { runs.append(Gap(messages: (received > 0 ? next : 0)..<(.max), anewSince: anewSince)) }
        return runs
    }
}
