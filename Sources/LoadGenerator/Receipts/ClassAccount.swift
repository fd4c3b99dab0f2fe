import FleetModel

/// What became of the messages of some rooms: numbers that add up over clients and rooms.
package struct ClassAccount: Sendable, Equatable, Codable, AdditiveArithmetic {
    /// Deliveries that were due, each client and room on its own.
    package var expected = 0
    /// Expected and never received.
    package var lost = 0
    /// Of a stream, missing before a session that the server declared not recovered.
    package var notRecovered = 0
    /// Published shortly before a close, and not received.
    package var inFlightAtClose = 0
    /// Published between two sessions of a client or after its last, and not received later either.
    package var missedWhileAway = 0
    /// Missing around sessions so many that it is not known any more which were due.
    package var unaccounted = 0
    /// Distinct messages received, also those that were not due.
    package var received = 0
    package var duplicates = 0
    package var outOfOrder = 0

    package static var zero: Self { Self() }

    package static func + (left: Self, right: Self) -> Self { combine(left, right, +) }

    package static func - (left: Self, right: Self) -> Self { combine(left, right, -) }

    private static func combine(_ left: Self, _ right: Self, _ operation: (Int, Int) -> Int) -> Self {
        var result = Self()
        for field in fields { result[keyPath: field] = operation(left[keyPath: field], right[keyPath: field]) }
        return result
    }

    private static var fields: [WritableKeyPath<Self, Int>] {
        [
            \.expected, \.lost, \.notRecovered, \.inFlightAtClose, \.missedWhileAway, \.unaccounted, \.received,
            \.duplicates, \.outOfOrder,
        ]
    }
}

// MARK: - One client in one room

extension ClassAccount {
    init(_ room: RoomReceipts) {
        received = Int(room.received)
        duplicates = Int(room.duplicates)
        outOfOrder = Int(room.outOfOrder)
    }

    mutating func account(_ room: RoomReceipts, sessions: [ClientReceipts.Session], log: PublishLog) {
        lost += Int(room.unlistedLost)
        unaccounted += Int(room.unlistedAway)
        if room.isStream {
            account(room, from: sessions.first, to: sessions.last, log)
        } else {
            for (index, session) in sessions.enumerated() {
                let away = index + 1 < sessions.count ? sessions[index + 1].subscribed : .max
                account(room, session, away: away, log)
            }
        }
    }

    /// - Parameter away: when the client was back.
    private mutating func account(
        _ room: RoomReceipts, _ session: ClientReceipts.Session, away: UInt64, _ log: PublishLog
    ) {
        let span = Span(from: session, to: session, away: away)
        let due = log.sequences(room: Int(room.room), from: span.begin, before: span.sure)
        expected += due.count - log.unconfirmed(room: Int(room.room), in: due)
        lost += room.missing(due, log)
        countBeyond(room, span, log)
    }

    private mutating func account(
        _ room: RoomReceipts, from first: ClientReceipts.Session?, to last: ClientReceipts.Session?, _ log: PublishLog
    ) {
        guard let first, let last else { return }
        let span = Span(from: first, to: last, away: .max)
        let due = log.sequences(room: Int(room.room), from: span.begin, before: span.sure)
        let declared = room.declared(due, log)
        expected += due.count - log.unconfirmed(room: Int(room.room), in: due)
        notRecovered += declared
        lost += room.missing(due, log) - declared
        countBeyond(room, span, log)
    }

    private mutating func countBeyond(_ room: RoomReceipts, _ span: Span, _ log: PublishLog) {
        let index = Int(room.room)
        inFlightAtClose += room.missing(log.sequences(room: index, from: span.sure, before: span.end), log)
        missedWhileAway += room.missing(log.sequences(room: index, from: span.end, before: span.away), log)
    }

    private struct Span {
        let begin, sure, end, away: UInt64

        init(from first: ClientReceipts.Session, to last: ClientReceipts.Session, away: UInt64) {
            let margin = DeliveryAccount.margin.wholeNanoseconds + last.slowest
            begin = first.subscribed
            sure = last.closed.map { max(first.subscribed, $0 - min($0, margin)) } ?? .max
            end = last.closed ?? .max
            self.away = away
        }
    }
}

extension RoomReceipts {
    /// Messages that nobody is expected to receive count neither as expected nor as missing.
    fileprivate func missing(_ range: Range<UInt32>, _ log: PublishLog) -> Int {
        guard !range.isEmpty else { return 0 }
        let unconfirmed = log.unconfirmedRanges(room: Int(room)).reduce(0) {
            let part = $1.clamped(to: range)
            return part.isEmpty ? $0 : $0 + missing(in: part)
        }
        return missing(in: range) - unconfirmed
    }

    /// Of those, the ones that the server declared not recovered: published before the session that began without them.
    fileprivate func declared(_ range: Range<UInt32>, _ log: PublishLog) -> Int {
        gapsBeforeSessions.reduce(0) { sum, gap in
            let earlier = log.sequences(room: Int(room), from: 0, before: gap.anewSince ?? 0)
            let part = gap.messages.clamped(to: earlier.clamped(to: range))
            return sum + part.count - log.unconfirmed(room: Int(room), in: part)
        }
    }
}
