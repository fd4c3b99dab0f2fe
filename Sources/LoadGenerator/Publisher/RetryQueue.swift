import Redis

/// Messages of one room on their way to a stream: one at a time, and again until it is taken or has been tried for too
/// long. A value without clock or connection.
///
/// One at a time, since a message that is published again after its successor would be out of order for good.
struct RetryQueue<Message> {
    enum Action {
        case none
        case publish(Message)
        /// Call `retry` after this long.
        case wait(Duration)
    }

    private var entries: [(message: Message, since: UInt64)] = []
    /// Of the oldest entry, so that taking it out moves none.
    private var head = 0
    private var backoff = Backoff(base: .milliseconds(50), cap: .seconds(1))
    private let patience: UInt64

    /// - Parameter patience: how long one message is tried.
    init(patience: Duration) {
        self.patience = patience.wholeNanoseconds
    }

    var isEmpty: Bool { head == entries.count }

    mutating func add(_ message: Message, at now: UInt64) -> Action {
        entries.append((message, now))
        return entries.count - head == 1 ? .publish(message) : .none
    }

    /// The message under way is taken.
    mutating func taken() -> (Message, Action) {
        backoff.reset()
        let message = removeOldest()
        return (message, retry())
    }

    /// The message under way is not known to be taken.
    /// - Returns: the message when it has been tried for too long, and what to do next.
    mutating func failed(at now: UInt64, random: inout some RandomNumberGenerator) -> (Message?, Action) {
        let wait = Action.wait(backoff.next(using: &random))
        guard now - min(now, entries[head].since) >= patience else { return (nil, wait) }
        let message = removeOldest()
        return (message, isEmpty ? .none : wait)
    }

    /// What to publish after a wait.
    mutating func retry() -> Action { isEmpty ? .none : .publish(entries[head].message) }

    /// Takes out whatever is left.
    mutating func giveUp() -> [Message] {
        defer { (entries, head) = ([], 0) }
        return entries[head...].map(\.message)
    }

    private mutating func removeOldest() -> Message {
        let message = entries[head].message
        head += 1
        if head > Self.compaction {
            entries.removeFirst(head)
            head = 0
        }
        return message
    }

    /// Entries that may be done with and still be there.
    private static var compaction: Int { 1_024 }
}
