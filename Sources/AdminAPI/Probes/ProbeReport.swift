import FleetModel

/// `GET /v1/probe`: what one worker sent of a drill's probe messages, and what it received of everybody's.
package struct ProbeReport: Sendable, Equatable, Codable {
    package enum Phase: String, Sendable, Codable, CaseIterable {
        case idle
        case sending
        /// Sends no more, and receives what is on its way.
        case settling
        case ended
    }

    package var worker: WorkerID
    /// By the worker's clock, as all times here.
    package var at: UnixTime
    /// nil before the first drill of this worker.
    package var drill: String?
    package var phase: Phase
    /// Why they ended, in words.
    package var end: String?
    /// `host:port` of the primary that the worker uses.
    package var primary: String
    package var sent: [ProbeSending]
    /// Everybody that was heard of, at most `maximumSenders` workers.
    package var received: [ProbeReceipts]
    package var lanes: [ProbeLaneReport]
    /// Each time the worker lost its subscriptions and got them back, oldest first; at most `maximumMoves`.
    package var moves: [ProbeMove]
    /// Stream messages that Pub/Sub did not bring and that were read from the stream.
    package var repaired: UInt64
    /// How often the room's stream could not be followed without a break: what a client would be told as not recovered.
    package var streamBreaks: Int

    package init(
        worker: WorkerID, at: UnixTime, drill: String? = nil, phase: Phase = .idle, end: String? = nil,
        primary: String = "", sent: [ProbeSending] = [], received: [ProbeReceipts] = [],
        lanes: [ProbeLaneReport] = [], moves: [ProbeMove] = [], repaired: UInt64 = 0, streamBreaks: Int = 0
    ) {
        self.worker = worker
        self.at = at
        self.drill = drill
        self.phase = phase
        self.end = end
        self.primary = primary
        self.sent = sent
        self.received = received
        self.lanes = lanes
        self.moves = moves
        self.repaired = repaired
        self.streamBreaks = streamBreaks
    }

    package static let maximumSenders = 256
    package static let maximumMoves = 16
    /// A drill has one long gap a lane; the others are kept to tell it from.
    package static let maximumGaps = 8

    private enum CodingKeys: String, CodingKey {
        case worker, at, drill, phase, end, primary, sent, received, lanes, moves, repaired
        case streamBreaks = "stream_breaks"
    }
}

/// What a worker sent on one way.
package struct ProbeSending: Sendable, Equatable, Codable {
    package var lane: ProbeLane
    /// Numbers are 1 to this.
    package var sent: Int
    package var acknowledged: NumberRanges
    /// Attempts that failed; those of the stream are repeated with the same message id.
    package var failures: Int
    /// Not sent, because too many before them waited for their acknowledgement.
    package var withheld: Int

    package init(lane: ProbeLane, sent: Int, acknowledged: NumberRanges, failures: Int, withheld: Int) {
        self.lane = lane
        self.sent = sent
        self.acknowledged = acknowledged
        self.failures = failures
        self.withheld = withheld
    }
}

/// What a worker received of one sender on one way.
package struct ProbeReceipts: Sendable, Equatable, Codable {
    package var sender: WorkerID
    package var lane: ProbeLane
    package var received: NumberRanges
    /// Came again and would have reached a client again.
    package var duplicated: Int
    /// Came again and was recognised by its message id, as clients' messages are.
    package var suppressed: Int
    package var late: Int

    package init(
        sender: WorkerID, lane: ProbeLane, received: NumberRanges = NumberRanges(), duplicated: Int = 0,
        suppressed: Int = 0, late: Int = 0
    ) {
        self.sender = sender
        self.lane = lane
        self.received = received
        self.duplicated = duplicated
        self.suppressed = suppressed
        self.late = late
    }
}

/// How steadily messages came on one way, of all senders together.
package struct ProbeLaneReport: Sendable, Equatable, Codable {
    /// A stretch without any message.
    package struct Gap: Sendable, Equatable, Codable {
        package var from: UnixTime
        /// When the next message came; the report's time for a gap that lasts.
        package var to: UnixTime

        package init(from: UnixTime, to: UnixTime) {
            self.from = from
            self.to = to
        }

        package var length: Duration { from.duration(to: to) }
    }

    package var lane: ProbeLane
    package var lastReceivedAt: UnixTime?
    /// The longest, longest first; one that lasts is among them.
    package var gaps: [Gap]
    /// From sending to receiving, for messages of every sender; clocks of workers differ.
    package var latency: LatencyHistogram

    package init(lane: ProbeLane, lastReceivedAt: UnixTime?, gaps: [Gap], latency: LatencyHistogram) {
        self.lane = lane
        self.lastReceivedAt = lastReceivedAt
        self.gaps = gaps
        self.latency = latency
    }

    private enum CodingKeys: String, CodingKey {
        case lane, gaps, latency
        case lastReceivedAt = "last_received_at"
    }
}

/// That a worker lost its subscriptions, and when it had them again.
package struct ProbeMove: Sendable, Equatable, Codable {
    package var leftAt: UnixTime
    package var reason: String
    /// The primary that it left.
    package var from: String
    /// When the drill's channel was subscribed again; nil until then.
    package var resubscribedAt: UnixTime?
    package var to: String?
    /// The first message after that, on each way.
    package var firstPubSubAt: UnixTime?
    package var firstStreamAt: UnixTime?

    package init(leftAt: UnixTime, reason: String, from: String) {
        self.leftAt = leftAt
        self.reason = reason
        self.from = from
    }

    private enum CodingKeys: String, CodingKey {
        case reason, from, to
        case leftAt = "left_at"
        case resubscribedAt = "resubscribed_at"
        case firstPubSubAt = "first_pubsub_at"
        case firstStreamAt = "first_stream_at"
    }
}
