import FleetModel

extension LoadReport {
    /// What became of the messages of one class.
    package struct ClassReport: Sendable, Codable, Equatable {
        /// Accepted for publishing; of streams, acknowledged.
        package var published: UInt64 = 0
        package var unconfirmed: UInt64 = 0
        package var deliveries = ClassAccount()
        package var latency = LatencySummary(LatencyHistogram())
    }

    /// What clients that came back asked for, and got.
    package struct Resumes: Sendable, Codable, Equatable {
        package var recovered = 0
        package var notRecovered = 0
        /// Not taken at all, by an error.
        package var refused = 0
        /// Messages that the server announced for its replays, and those that clients got from before their session.
        package var replaysAnnounced: UInt64 = 0
        package var replaysReceived: UInt64 = 0
        /// Messages whose receipt clients acknowledged.
        package var acknowledged: UInt64 = 0
    }

    /// How clients came back that had lost their connections at once.
    package struct Storm: Sendable, Codable {
        package var dropped = 0
        package var returned = 0
        /// Until the last of those that came back was.
        @InSeconds package var allBack: Duration = .zero
        package var perSecond = 0.0
        /// Attempts that were answered 503.
        package var refusals = 0
        /// How long each was away.
        package var absence = LatencySummary(LatencyHistogram())

        enum CodingKeys: String, CodingKey {
            case dropped, returned, perSecond, refusals, absence
            case allBack = "allBackSeconds"
        }
    }

    /// Clients that read nothing.
    package struct Stuck: Sendable, Codable, Equatable {
        package var clients = 0
        /// Of them, those that the server has got rid of.
        package var ended = 0
    }
}

// MARK: - From what was counted

extension LoadReport {
    static func classes(
        _ account: DeliveryAccount, _ tally: ClientTally, _ log: PublishLog, of rooms: [Criticality]
    ) -> ByClass<ClassReport> {
        var classes = ByClass(repeating: ClassReport())
        for criticality in Criticality.allCases {
            classes[criticality].deliveries = account.classes[criticality]
            classes[criticality].latency = LatencySummary(tally.latency[criticality])
        }
        for (room, criticality) in rooms.enumerated() {
            let (all, unconfirmed) = log.counts(room: room)
            classes[criticality].published += all - unconfirmed
            classes[criticality].unconfirmed += unconfirmed
        }
        return classes
    }
}

extension LoadReport.Resumes {
    init(_ tally: ClientTally) {
        recovered = tally.resumesRecovered
        notRecovered = tally.resumesNotRecovered
        refused = tally.resumesRefused
        replaysAnnounced = tally.replaysAnnounced
        replaysReceived = tally.replaysReceived
        acknowledged = tally.acknowledged
    }

    var isEmpty: Bool { self == Self() }
}

extension LoadReport.Storm {
    /// - Returns: nil when there was none.
    init?(_ tally: StormTally) {
        guard tally.beginning > 0 else { return nil }
        dropped = tally.dropped
        returned = tally.returned
        allBack = .nanoseconds(max(tally.lastReturn, tally.beginning) - tally.beginning)
        perSecond = Double(returned) / max(allBack.inSeconds, 0.001)
        refusals = tally.refusals
        absence = LatencySummary(tally.absence)
    }
}
