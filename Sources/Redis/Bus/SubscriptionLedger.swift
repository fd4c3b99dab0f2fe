/// Which channels are wanted, which Redis has confirmed, and what is under way between the two. Pure.
///
/// At most one command is in flight for a channel. Whatever is wanted meanwhile is settled when its confirmation
/// arrives, so that a subscribe chasing an unsubscribe ends as the last call said. The number of channels is bounded by
/// the caller, who has no more of them than audiences with a member.
struct SubscriptionLedger: Sendable {
    private enum Standing: Sendable {
        case absent
        case subscribing
        case confirmed
        case unsubscribing
    }

    private struct Entry: Sendable {
        var isWanted: Bool
        var standing = Standing.absent
        /// Someone asked for the channel and has not heard that it is confirmed.
        var owesAnswer = false
        /// Listed in `unsettled`.
        var isUnsettled = false
    }

    /// What to do about the channels that are not as they are wanted.
    struct Settlement: Equatable, Sendable {
        var subscribe: [String] = []
        var unsubscribe: [String] = []
        /// Confirmed already; only the answer is due.
        var answer: [String] = []
    }

    private var entries: [String: Entry] = [:]
    private var unsettled: [String] = []
    /// Channels of before the connection was lost that are wanted and not yet confirmed again.
    private var restoring: Set<String> = []

    /// Whether every channel that the connection was lost with is back, or no longer wanted.
    var isRestored: Bool { restoring.isEmpty }

    mutating func subscribe(_ channels: [String]) {
        for channel in channels {
            change(channel) { entry in
                entry.isWanted = true
                entry.owesAnswer = true
            }
        }
    }

    mutating func unsubscribe(_ channels: [String]) {
        for channel in channels where entries[channel] != nil {
            restoring.remove(channel)
            change(channel) { entry in
                entry.isWanted = false
                entry.owesAnswer = false
            }
        }
    }

    /// The connection is up and nothing is subscribed on it.
    mutating func connected() {
        unsettled = []
        entries = entries.filter { $0.value.isWanted }
        restoring = Set(entries.keys)
        for channel in entries.keys {
            change(channel) { entry in
                entry = Entry(isWanted: true, owesAnswer: true)
            }
        }
    }

    /// Takes what there is to do; the commands returned count as sent.
    mutating func settle() -> Settlement {
        var settlement = Settlement()
        for channel in unsettled { settle(channel, into: &settlement) }
        unsettled = []
        return settlement
    }

    /// Redis confirmed a SUBSCRIBE.
    /// - Returns: whether the channel is wanted and its confirmation should be told.
    mutating func subscribed(_ channel: String) -> Bool {
        guard entries[channel]?.standing == .subscribing else { return false }
        restoring.remove(channel)
        change(channel) { $0.standing = .confirmed }
        return takeAnswer(channel)
    }

    /// Redis confirmed an UNSUBSCRIBE.
    mutating func unsubscribed(_ channel: String) {
        guard entries[channel]?.standing == .unsubscribing else { return }
        change(channel) { $0.standing = .absent }
    }
}

extension SubscriptionLedger {
    private mutating func change(_ channel: String, _ body: (inout Entry) -> Void) {
        var entry = entries[channel] ?? Entry(isWanted: false)
        body(&entry)
        if !entry.isUnsettled { unsettled.append(channel) }
        entry.isUnsettled = true
        entries[channel] = entry
    }

    private mutating func takeAnswer(_ channel: String) -> Bool {
        guard let entry = entries[channel], entry.isWanted, entry.owesAnswer else { return false }
        entries[channel]?.owesAnswer = false
        return true
    }

    private mutating func settle(_ channel: String, into settlement: inout Settlement) {
        guard let entry = entries[channel] else { return }
        entries[channel]?.isUnsettled = false
        switch (entry.standing, entry.isWanted) {
        case (.subscribing, _), (.unsubscribing, _): break
        case (.absent, false): entries[channel] = nil
        case (.absent, true):
            entries[channel]?.standing = .subscribing
            settlement.subscribe.append(channel)
        case (.confirmed, false):
            entries[channel]?.standing = .unsubscribing
            settlement.unsubscribe.append(channel)
        case (.confirmed, true):
            if takeAnswer(channel) { settlement.answer.append(channel) }
        }
    }
}
