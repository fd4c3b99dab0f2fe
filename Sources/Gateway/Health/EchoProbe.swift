import FleetModel

/// Proves that messages come through Redis: tokens go out over Pub/Sub, and come back or do not.
///
/// After a failover a worker's publications may succeed while its subscription hangs on a server that nobody
/// publishes to; only an echo tells.
struct EchoProbe: Sendable {
    /// Tokens go out every second; one that is not back after this many others never counts.
    private static let maximumOutstanding = 16

    /// Tells this process's tokens from those of another that uses the same channel.
    private let nonce: String
    private var sent: UInt64 = 0
    private var outstanding: [(number: UInt64, at: UnixTime)] = []
    /// When the youngest token that came back was sent.
    private var proven: UnixTime?
    private let start: UnixTime
    /// Of the last token that came back.
    private(set) var roundTrip: Duration?

    init(nonce: String, at now: UnixTime) {
        self.nonce = nonce
        start = now
    }

    /// - Returns: the token to publish.
    mutating func send(at now: UnixTime) -> String {
        sent += 1
        if outstanding.count == Self.maximumOutstanding { outstanding.removeFirst() }
        outstanding.append((sent, now))
        return "\(nonce)-\(sent)"
    }

    /// Takes what came over the channel; what is no token of ours, or one that was given up, says nothing.
    mutating func receive(_ text: String, at now: UnixTime) {
        guard text.hasPrefix(nonce + "-"), let number = UInt64(text.dropFirst(nonce.count + 1)),
            let index = outstanding.firstIndex(where: { $0.number == number })
        else { return }
        let token = outstanding[index]
        // Pub/Sub keeps the order: what was sent before this one is lost.
        outstanding.removeFirst(index + 1)
        proven = token.at
        roundTrip = token.at.duration(to: now)
    }

    var wasHeard: Bool { proven != nil }

    /// How long ago the last token that came back was sent; the time since the start before the first.
    func age(at now: UnixTime) -> Duration { (proven ?? start).duration(to: now) }
}
