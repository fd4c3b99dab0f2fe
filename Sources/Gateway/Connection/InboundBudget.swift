import NIOCore

/// Bounds what a client sends: three token buckets in 24 bytes, refilled together as time passes, full at first.
struct InboundBudget {
    /// What ran out.
    enum Shortage: Equatable {
        case messages
        case bytes
        case joins
    }

    private var messages = Float.infinity
    private var bytes = Float.infinity
    private var joins = Float.infinity
    private var refilledAt: NIODeadline

    init(at now: NIODeadline) {
        refilledAt = now
    }

    /// - Returns: what the client sent more of than it may; nothing is taken then.
    mutating func spend(
        messages: Int = 0, bytes: Int = 0, joins: Int = 0, at now: NIODeadline, _ rates: ClientLimits.Rates
    ) -> Shortage? {
        refill(at: now, rates)
        guard self.messages >= Float(messages) else { return .messages }
        guard self.bytes >= Float(bytes) else { return .bytes }
        guard self.joins >= Float(joins) else { return .joins }
        self.messages -= Float(messages)
        self.bytes -= Float(bytes)
        self.joins -= Float(joins)
        return nil
    }

    private mutating func refill(at now: NIODeadline, _ rates: ClientLimits.Rates) {
        let passed = Float((now - refilledAt).nanoseconds) / 1e9
        refilledAt = now
        Self.refill(&messages, passed, rates.messagesPerSecond, rates.burst)
        Self.refill(&bytes, passed, rates.bytesPerSecond, rates.burst)
        Self.refill(&joins, passed, rates.joinsPerSecond, rates.burst)
    }

    private static func refill(_ tokens: inout Float, _ passed: Float, _ rate: Int, _ burst: Int) {
        tokens = min(Float(rate) * Float(burst), tokens + passed * Float(rate))
    }
}

extension InboundBudget.Shortage {
    /// What the client is told.
    func words(_ rates: ClientLimits.Rates) -> String {
        switch self {
        case .messages: "more than \(rates.messagesPerSecond) messages a second"
        case .bytes: "more than \(rates.bytesPerSecond) bytes a second"
        case .joins: "more than \(rates.joinsPerSecond) rooms joined and left a second"
        }
    }
}
