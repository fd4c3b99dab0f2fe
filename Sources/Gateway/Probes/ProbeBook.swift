import AdminAPI
import FleetModel

/// What a worker knows of a drill's probe messages: what it sent and what came, as a value that is told and asked.
struct ProbeBook {
    let drill: String
    let worker: WorkerID
    let run: String
    let lateAfter: Duration
    var sendings: [ProbeLane: Sending]
    private var receptions: [Source: Reception] = [:]
    private var flows: [ProbeLane: Flow]
    private(set) var moves: [ProbeMove] = []
    /// That the subscriptions are at.
    private var primary: String

    /// Messages that wait for their acknowledgement, on one lane: 51 s at the standard rate.
    static let maximumPending = 1_024
    /// Younger ones of the same lane make room in no list: an interval shorter than this is no gap.
    static let shortestGap: Duration = .milliseconds(100)

    struct Source: Hashable {
        var sender: WorkerID
        var lane: ProbeLane
    }

    init(
        drill: String, worker: WorkerID, run: String, lanes: [ProbeLane], lateAfter: Duration, primary: String,
        at now: UnixTime
    ) {
        self.drill = drill
        self.primary = primary
        self.worker = worker
        self.run = run
        self.lateAfter = lateAfter
        sendings = Dictionary(uniqueKeysWithValues: lanes.map { ($0, Sending()) })
        flows = Dictionary(uniqueKeysWithValues: lanes.map { ($0, Flow(since: now)) })
    }
}

// MARK: - Sending

extension ProbeBook {
    /// What was sent on one lane.
    struct Sending {
        /// One that was sent and is not acknowledged.
        struct Pending {
            var token: ProbeToken
            var isUnderWay = true
        }

        var sent = 0
        var acknowledged = NumberRanges()
        var failures = 0
        var withheld = 0
        /// By number.
        var pending: [Int: Pending] = [:]
    }

    /// - Returns: the next message of a lane; nil when too many wait.
    mutating func next(_ lane: ProbeLane, at now: UnixTime) -> ProbeToken? {
        guard var sending = sendings[lane] else { return nil }
        defer { sendings[lane] = sending }
        guard sending.pending.count < Self.maximumPending else {
            sending.withheld += 1
            return nil
        }
        sending.sent += 1
        let token = ProbeToken(drill: drill, run: run, number: sending.sent, sentAt: now, sender: worker)
        sending.pending[token.number] = Sending.Pending(token: token)
        return token
    }

    mutating func acknowledged(_ number: Int, _ lane: ProbeLane) {
        sendings[lane]?.pending[number] = nil
        sendings[lane]?.acknowledged.insert(number)
    }

    /// A message of the stream is kept to be sent again; one of Pub/Sub never is.
    mutating func failed(_ number: Int, _ lane: ProbeLane) {
        sendings[lane]?.failures += 1
        switch lane {
        case .pubsub: sendings[lane]?.pending[number] = nil
        case .stream: sendings[lane]?.pending[number]?.isUnderWay = false
        }
    }

    /// The oldest messages that failed, to be sent again with their message ids.
    mutating func repeats(_ lane: ProbeLane, limit: Int) -> [ProbeToken] {
        guard let waiting = sendings[lane]?.pending.values.filter({ !$0.isUnderWay }), !waiting.isEmpty else {
            return []
        }
        let tokens = waiting.map(\.token).sorted { $0.number < $1.number }.prefix(limit)
        for token in tokens { sendings[lane]?.pending[token.number]?.isUnderWay = true }
        return Array(tokens)
    }
}

// MARK: - Receiving

extension ProbeBook {
    struct Reception {
        var run: String
        var receipts: ProbeReceipts
        /// The shortest time on the way: what is left of it when clocks differ is the difference.
        var quickest: Duration
    }

    /// How steadily messages come on one lane.
    private struct Flow {
        var last: UnixTime
        var lastReceived: UnixTime?
        var gaps: [ProbeLaneReport.Gap] = []
        var latency = LatencyHistogram()

        init(since now: UnixTime) { last = now }

        mutating func note(at now: UnixTime) {
            gaps = longest(at: now)
            last = now
            lastReceived = now
        }

        /// With the one that lasts.
        func longest(at now: UnixTime) -> [ProbeLaneReport.Gap] {
            let open = ProbeLaneReport.Gap(from: last, to: now)
            guard open.length >= ProbeBook.shortestGap else { return gaps }
            return Array((gaps + [open]).sorted { $0.length > $1.length }.prefix(ProbeReport.maximumGaps))
        }
    }

    /// - Parameter isRecognised: its message id was delivered before, and so no client would get it again.
    mutating func received(_ token: ProbeToken, _ lane: ProbeLane, isRecognised: Bool, at now: UnixTime) {
        guard token.drill == drill else { return }
        let source = Source(sender: token.sender, lane: lane)
        guard receptions[source] != nil || receptions.count < ProbeReport.maximumSenders * 2 else { return }
        let delay = token.sentAt.duration(to: now)
        var reception = receptions[source] ?? Reception(of: token, lane, delay)
        // A worker that was started again counts from one again.
        if reception.run != token.run { reception = Reception(of: token, lane, delay) }
        reception.take(token.number, delay, isRecognised: isRecognised, lateAfter: lateAfter)
        receptions[source] = reception
        guard !isRecognised else { return }
        flows[lane]?.latency.record(max(.zero, delay))
        flows[lane]?.note(at: now)
        noteFirst(lane, at: now)
    }
}

extension ProbeBook.Reception {
    init(of token: ProbeToken, _ lane: ProbeLane, _ delay: Duration) {
        self.init(run: token.run, receipts: ProbeReceipts(sender: token.sender, lane: lane), quickest: delay)
    }

    mutating func take(_ number: Int, _ delay: Duration, isRecognised: Bool, lateAfter: Duration) {
        if isRecognised {
            receipts.suppressed += 1
        } else if receipts.received.contains(number) {
            receipts.duplicated += 1
        } else {
            receipts.received.insert(number)
            quickest = min(quickest, delay)
            if delay - quickest > lateAfter { receipts.late += 1 }
        }
    }
}

// MARK: - Moving

extension ProbeBook {
    /// From the primary of before: where the next one is may be known already.
    mutating func left(because reason: String, at now: UnixTime) {
        if moves.count == ProbeReport.maximumMoves { moves.removeFirst() }
        moves.append(ProbeMove(leftAt: now, reason: reason, from: primary))
    }

    mutating func resubscribed(to primary: String, at now: UnixTime) {
        self.primary = primary
        guard let last = moves.indices.last, moves[last].resubscribedAt == nil else { return }
        moves[last].resubscribedAt = now
        moves[last].to = primary
    }

    private mutating func noteFirst(_ lane: ProbeLane, at now: UnixTime) {
        guard let last = moves.indices.last, moves[last].resubscribedAt != nil else { return }
        switch lane {
        case .pubsub: moves[last].firstPubSubAt = moves[last].firstPubSubAt ?? now
        case .stream: moves[last].firstStreamAt = moves[last].firstStreamAt ?? now
        }
    }
}

// MARK: - Telling

extension ProbeBook {
    /// Everything but the phase and what the stream did.
    /// - Parameter end: when sending ended; the silence after it is no gap.
    func report(at now: UnixTime, end: UnixTime? = nil) -> ProbeReport {
        ProbeReport(
            worker: worker, at: now, drill: drill, primary: primary,
            sent: ProbeLane.allCases.compactMap { lane in sendings[lane].map { ProbeSending(lane, $0) } },
            received: receptions.values.map(\.receipts).sorted {
                ($0.sender, $0.lane.rawValue) < ($1.sender, $1.lane.rawValue)
            },
            lanes: ProbeLane.allCases.compactMap { lane in
                flows[lane].map { flow in
                    ProbeLaneReport(
                        lane: lane, lastReceivedAt: flow.lastReceived, gaps: flow.longest(at: end ?? now),
                        latency: flow.latency)
                }
            },
            moves: moves)
    }
}

extension ProbeSending {
    fileprivate init(_ lane: ProbeLane, _ sending: ProbeBook.Sending) {
        self.init(
            lane: lane, sent: sending.sent, acknowledged: sending.acknowledged, failures: sending.failures,
            withheld: sending.withheld)
    }
}
