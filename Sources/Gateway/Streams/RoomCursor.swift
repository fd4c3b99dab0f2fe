import NIOCore

/// Follows one room's stream: what Pub/Sub brings goes on in the stream's order and once, and what it lost is read from
/// the stream.
///
/// Events are mutating functions that return what is to be done, in order. A position in the stream is known from its
/// top, or from the first message that tells one; from then on each message names the one before it.
struct RoomCursor {
    enum Phase: Equatable {
        /// Where the stream stands is not known yet, or not any more.
        /// - Parameter after: what members are to be told when it is known again.
        case positioning(after: StreamLoss?)
        /// The position is known; whether the stream went on since then is not.
        case verifying
        /// Everything up to the position was delivered, and Pub/Sub brings what follows.
        case live
        /// Something between the position and what was heard of is missing.
        case catchingUp
    }

    enum Step: Equatable {
        case askPosition
        /// Read entries from this one on, it included.
        case fetch(from: StreamOffset)
        case deliver(StreamMessage)
        /// Deliver a message that says it is in the stream and is not.
        case deliverUnplaced(StreamMessage)
        /// Tell members that some of what was before the position did not reach them.
        case lost(StreamLoss)
        /// From here on members miss nothing.
        case ready
        /// Give messages on their way a moment, then tell this top again.
        case lookAgain(top: StreamPosition, asked: StreamPosition?)
    }

    /// Failed reads in a row after which messages wait no longer for those before them.
    static let maximumFailures = 5

    private(set) var phase = Phase.positioning(after: nil)
    /// The last entry that was delivered.
    private(set) var position: StreamPosition? {
        didSet { trail.add(position) }
    }
    /// The last positions, this one included.
    private var trail = CursorTrail()
    /// Messages that were read from the stream because Pub/Sub did not bring them.
    private(set) var repaired: UInt64 = 0
    private var isConfirmed = false
    private var mustVerify = false
    private var failures = 0

    private var held = HeldMessages()
    /// Where the page that is being read begins.
    private var fetching: StreamOffset?
    /// Messages read since the cursor was live.
    private var fetched = 0

    var isLive: Bool { phase == .live }
}

// MARK: - Pub/Sub

extension RoomCursor {
    /// Each message of the room arrives from here on.
    mutating func confirmed() -> [Step] {
        isConfirmed = true
        switch phase {
        case .positioning, .verifying: return [.askPosition]
        case .live: return []
        case .catchingUp:
            // A page that was asked for before does not reach to here.
            mustVerify = true
            return []
        }
    }

    mutating func lostConnection() {
        isConfirmed = false
        if phase == .live { phase = .verifying }
    }

    mutating func message(_ message: StreamMessage) -> [Step] {
        switch phase {
        case .positioning(nil): return begin(with: message)
        case .positioning: return hold(message)
        case .verifying, .live:
            if isDuplicate(message) { return [] }
            guard follows(message) else { return hold(message) + catchUp() }
            return pass(message) + (phase == .live ? [] : settleIfConfirmed())
        case .catchingUp:
            if isDuplicate(message) { return [] }
            return held.isEmpty && follows(message) ? pass(message) : hold(message)
        }
    }

    private mutating func begin(with message: StreamMessage) -> [Step] { pass(message) + settle() }

    private mutating func pass(_ message: StreamMessage) -> [Step] {
        position = message.position
        return [.deliver(message)]
    }

    private func isDuplicate(_ message: StreamMessage) -> Bool {
        message.position.epoch == position?.epoch && message.position.offset <= (position?.offset ?? .zero)
    }

    /// A message that names an older entry than the last one follows too where that entry was delivered: those between
    /// are not in the stream any more, as after a failover to a replica that never had them. One that names an entry
    /// which never came here has others before it that did not either.
    private func follows(_ message: StreamMessage) -> Bool {
        guard let position, message.position.epoch == position.epoch, let previous = message.previous else {
            return false
        }
        return previous == position.offset || trail.contains(previous)
    }

    private mutating func hold(_ message: StreamMessage) -> [Step] {
        held.add(message)
        return []
    }
}

// MARK: - The top of the stream

extension RoomCursor {
    /// What there is to do at each check: ask where the stream stands, or read again what could not be read.
    mutating func check() -> [Step] {
        guard isConfirmed else { return [] }
        return phase == .catchingUp ? fetch() : [.askPosition]
    }

    /// - Parameters:
    ///   - asked: the position when the top was asked for.
    ///   - isFinal: messages on their way had a moment to arrive.
    mutating func top(_ top: StreamPosition, asked: StreamPosition?, isFinal: Bool) -> [Step] {
        failures = 0
        switch phase {
        case .positioning(let loss): return take(top, loss)
        case .catchingUp: return []
        case .verifying: return agrees(with: top, asked) ? settleIfConfirmed() : catchUp()
        case .live:
            if agrees(with: top, asked) { return [] }
            return isFinal ? catchUp() : [.lookAgain(top: top, asked: asked)]
        }
    }

    mutating func topFailed() -> [Step] { failed() }

    /// Reads what is behind the position, whatever the check says: someone has seen more of the stream.
    mutating func refresh() -> [Step] { phase == .live ? catchUp() : [] }

    private mutating func take(_ top: StreamPosition, _ loss: StreamLoss?) -> [Step] {
        let steps = releaseHeld()
        let isAhead = position.map { $0.epoch == top.epoch && $0.offset > top.offset } ?? false
        if steps.isEmpty || !isAhead { position = top }
        return steps + (loss.map { [.lost($0)] } ?? []) + settle()
    }

    /// A top behind what was delivered before it was asked for is that of a stream that went back.
    private func agrees(with top: StreamPosition, _ asked: StreamPosition?) -> Bool {
        guard let position, top.epoch == position.epoch else { return false }
        if let asked, asked.epoch == top.epoch, top.offset < asked.offset { return false }
        return top.offset <= position.offset
    }
}

// MARK: - The stream

extension RoomCursor {
    /// - Parameter limit: messages that may be missing.
    mutating func page(_ page: StreamPage, limit: Int) -> [Step] {
        guard let start = fetching else { return [] }
        fetching = nil
        guard phase == .catchingUp, let position else { return [] }
        failures = 0
        guard page.epoch == position.epoch else { return giveUp(.epochChanged, page) }
        guard page.entries.first?.offset == start else { return giveUp(.trimmed, page) }
        let missing = page.entries.filter { $0.offset > position.offset }
        fetched += missing.count
        guard fetched <= limit else { return giveUp(.tooMany, page) }
        let steps = deliver(missing, of: page.epoch, after: position.offset) + drain()
        return steps + (page.hasMore ? fetch() : afterLastPage())
    }

    mutating func pageFailed() -> [Step] {
        guard fetching != nil else { return [] }
        fetching = nil
        return failed()
    }

    /// What had to be in the pages and was not is not in the stream; what came later may be.
    private mutating func afterLastPage() -> [Step] {
        let strangers = held.expected.map { Step.deliverUnplaced($0) }
        held.removeFirst(strangers.count)
        let steps = strangers + drain()
        return steps + (held.isEmpty && !held.hasOverflowed ? settle() : fetch())
    }

    private mutating func deliver(
        _ entries: [StreamEntry], of epoch: String, after previous: StreamOffset?
    ) -> [Step] {
        let known = Set(held.messages.lazy.map(\.position))
        var previous = previous
        var steps: [Step] = []
        for entry in entries {
            let place = StreamPosition(epoch: epoch, offset: entry.offset)
            position = place
            if let payload = entry.payload {
                if !known.contains(place) { repaired += 1 }
                steps.append(.deliver(StreamMessage(position: place, previous: previous, payload: payload)))
            }
            previous = entry.offset
        }
        return steps
    }

    /// Passes on what waited for what has been delivered.
    private mutating func drain() -> [Step] {
        var steps: [Step] = []
        var count = 0
        for message in held.messages {
            if !isDuplicate(message) {
                guard follows(message) else { break }
                steps += pass(message)
            }
            count += 1
        }
        held.removeFirst(count)
        return steps
    }

    /// Goes on without what is missing. Where the page holds all that is left, members get that at least.
    private mutating func giveUp(_ loss: StreamLoss, _ page: StreamPage) -> [Step] {
        guard loss != .tooMany, !page.hasMore, let last = page.entries.last else {
            phase = .positioning(after: loss)
            return [.askPosition]
        }
        let strangers = held.messages.filter { $0.position.epoch != page.epoch }.map { Step.deliver($0) }
        held.keep { $0.position.epoch == page.epoch && $0.position.offset > last.offset }
        let rest = deliver(page.entries, of: page.epoch, after: nil)
        return strangers + rest + releaseHeld() + [.lost(loss)] + settle()
    }
}

// MARK: - Phases

extension RoomCursor {
    private mutating func catchUp() -> [Step] {
        phase = .catchingUp
        return fetch()
    }

    private mutating func fetch() -> [Step] {
        guard fetching == nil, let position else { return [] }
        fetching = position.offset
        held.expectAll()
        return [.fetch(from: position.offset)]
    }

    private mutating func settleIfConfirmed() -> [Step] { isConfirmed ? settle() : [] }

    private mutating func settle() -> [Step] {
        failures = 0
        fetched = 0
        phase = .verifying
        guard isConfirmed else { return [] }
        if mustVerify {
            mustVerify = false
            return [.askPosition]
        }
        phase = .live
        return [.ready]
    }

    private mutating func releaseHeld() -> [Step] {
        let steps = held.messages.map { Step.deliver($0) }
        if let last = held.messages.last { position = last.position }
        held = HeldMessages()
        return steps
    }

    private mutating func failed() -> [Step] {
        failures += 1
        guard failures >= Self.maximumFailures, isConfirmed, !held.isEmpty else { return [] }
        let loss: StreamLoss
        switch phase {
        case .positioning(let reason): loss = reason ?? .unreadable
        case .verifying, .live, .catchingUp: loss = .unreadable
        }
        return releaseHeld() + [.lost(loss)] + settle()
    }
}

extension StreamOffset {
    static let zero = StreamOffset(milliseconds: 0, number: 0)
}
