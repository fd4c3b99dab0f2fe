/// Finds the primary by what Sentinels say and what connections to it find out. Pure; time comes as ticks.
///
/// Sentinels are asked in turn and need not agree: one may be cut off from the others, or have come back with the news
/// of yesterday. The configuration epoch, which grows with each failover, tells whose word is later.
struct SentinelState: Equatable, Sendable {
    struct Answer: Equatable, Sendable {
        var primary: RedisAddress
        /// nil where the Sentinel does not let us read it.
        var epoch: Int64?
    }

    enum Action: Equatable, Sendable {
        case ask(sentinel: Int)
        case tell(TopologyNews)
    }

    private enum Trust: Sendable {
        /// Named, and not yet found good or bad.
        case untried
        /// It answers as the primary.
        case reached
        /// It was lost, or does not answer as the primary.
        case doubted
    }

    /// Ticks between questions while all is well: what events tell at once, questions make sure of.
    static let ticksOfCalm = 10

    private let count: Int
    private(set) var primary: RedisAddress?
    private var epoch: Int64?
    private var trust = Trust.untried
    private var asking: Int?
    private var next = 0
    private var ticksSinceAsked = 0
    /// Sentinels that failed one after another.
    private var failures = 0
    /// Answers older than ours that came one after another while the primary is doubted.
    private var staleAnswers = 0

    /// - Parameter primary: as known from before.
    init(count: Int, primary: RedisAddress? = nil) {
        self.count = count
        self.primary = primary
    }

    private var isCalm: Bool { primary != nil && trust == .reached }
}

// MARK: - Asking

extension SentinelState {
    /// Called about once a second, the first time at once.
    mutating func tick() -> [Action] {
        ticksSinceAsked += 1
        // It hangs; its answer is taken all the same when it comes.
        if asking != nil, ticksSinceAsked > 1 { asking = nil }
        return !isCalm || ticksSinceAsked >= Self.ticksOfCalm ? ask(next) : []
    }

    /// A Sentinel can be asked.
    mutating func sentinelIsUp(_ sentinel: Int) -> [Action] {
        isCalm ? [] : ask(sentinel)
    }

    /// A Sentinel did not answer, or knows nothing of the primary.
    mutating func failed(_ sentinel: Int) -> [Action] {
        guard asking == sentinel else { return [] }
        asking = nil
        failures += 1
        // After a round without an answer the next tick begins another.
        guard failures % count != 0 else { return [] }
        return ask(next)
    }

    private mutating func ask(_ sentinel: Int) -> [Action] {
        guard asking == nil else { return [] }
        asking = sentinel
        next = (sentinel + 1) % count
        ticksSinceAsked = 0
        return [.ask(sentinel: sentinel)]
    }
}

// MARK: - Hearing

extension SentinelState {
    mutating func answered(_ sentinel: Int, _ answer: Answer) -> [Action] {
        if asking == sentinel { asking = nil }
        failures = 0
        guard answer.primary != primary else {
            confirm(answer.epoch)
            return []
        }
        return accepts(answer) ? adopt(answer.primary, epoch: answer.epoch) : []
    }

    /// A Sentinel announced `+switch-master`. It is asked as well, for the epoch.
    mutating func switched(_ sentinel: Int, to address: RedisAddress) -> [Action] {
        let news = address == primary ? [] : adopt(address, epoch: epoch)
        return news + ask(sentinel)
    }

    /// A Sentinel announced a step of a failover.
    mutating func hinted(_ sentinel: Int) -> [Action] {
        ask(sentinel)
    }

    private mutating func adopt(_ address: RedisAddress, epoch: Int64?) -> [Action] {
        primary = address
        self.epoch = epoch
        trust = .untried
        staleAnswers = 0
        return [.tell(.moved(to: address))]
    }

    private mutating func confirm(_ answered: Int64?) {
        staleAnswers = 0
        if let answered { epoch = max(answered, epoch ?? answered) }
    }

    private mutating func accepts(_ answer: Answer) -> Bool {
        guard primary != nil, let known = epoch, let answered = answer.epoch else { return true }
        if answered > known { return true }
        guard trust == .doubted else { return false }
        if answered == known { return true }
        // All of them say so: the Sentinels were set up anew, and their epochs begin again.
        staleAnswers += 1
        return staleAnswers >= count
    }
}

// MARK: - What connections find out

extension SentinelState {
    mutating func take(_ report: TopologyReport) -> [Action] {
        switch report {
        case .reached(let address):
            if address == primary { trust = .reached }
            return []
        case .lost(let address): return address == primary ? doubt() : []
        case .demoted(let address): return address == primary ? [.tell(.left(address))] + doubt() : []
        }
    }

    /// Asks at once, but not for every one of many connections that are lost together.
    private mutating func doubt() -> [Action] {
        let isFirst = trust != .doubted
        trust = .doubted
        return isFirst ? ask(next) : []
    }
}
