import FleetModel

/// What a data plane knows of itself at one moment: gauges as they are, counters since its start.
package struct DataPlaneSnapshot: Sendable, Equatable {
    package var connections = 0
    package var rooms = 0
    /// Largest first, at most `WorkerSample.maximumTopRooms`.
    package var topRooms: [RoomCount] = []
    /// In all rooms but those; a connection with several rooms counts in each.
    package var otherRoomConnections = 0
    /// Largest first, at most `WorkerSample.maximumRoles`; a connection with several roles counts in each.
    package var roles: [RoleCount] = []
    /// The worst delay of an event loop since the snapshot before.
    package var loopLag: Duration = .zero
    package var queueBytes = ByteCount.zero
    /// Messages that wait for clients which are behind.
    package var queueMessages = ByClass<UInt64>(repeating: 0)
    package var backplane = BackplaneState.connecting
    /// nil while clients come at their usual pace.
    package var storm: StormReport?
    /// Closes of the last minute as a part of the connections, planned ones included; 0.05 for 5%.
    package var churnPerMinute = 0.0
    package var plannedChurnPerMinute = 0.0
    /// When any client was heard last; nil before the first.
    package var lastHeartbeat: UnixTime?

    package var connectionsTotal: UInt64 = 0
    package var reconnectsTotal: UInt64 = 0
    /// In ascending order of code.
    package var closes: [CloseCount] = []
    package var plannedClosesTotal: UInt64 = 0
    /// What `plannedClosesTotal` is made of.
    package var plannedCloses = PlannedCloses()
    /// Upgrades answered with 503: while the worker is drained, and those of `refusedByRateTotal`.
    package var refusedTotal: UInt64 = 0
    /// Upgrades answered with 503 because too many came at once.
    package var refusedByRateTotal: UInt64 = 0
    /// Upgrades answered with 403 for their origin.
    package var refusedByOriginTotal: UInt64 = 0
    package var tlsFailuresTotal: UInt64 = 0
    package var authFailuresTotal: UInt64 = 0
    package var protocolErrorsTotal: UInt64 = 0
    package var heartbeatTimeoutsTotal: UInt64 = 0
    package var sendErrors = SendErrors()
    package var duplicatesSuppressedTotal: UInt64 = 0
    /// Messages from Redis that were not a JSON object in UTF-8, and so were not delivered.
    package var malformedTotal: UInt64 = 0
    /// Messages that clients published.
    package var messagesIn = ByClass<UInt64>(repeating: 0)
    /// Messages written to clients, one for each client.
    package var messagesOut = ByClass<UInt64>(repeating: 0)
    /// Messages to deliver, one for each message.
    package var broadcasts = ByClass<UInt64>(repeating: 0)
    /// Messages that clients missed, one for each client.
    package var dropped = ByClass<UInt64>(repeating: 0)
    /// What `dropped` is made of; pairs that never occurred are left out.
    package var drops: [DropCount] = []
    package var stormsTotal: UInt64 = 0
    /// Critical messages that clients acknowledged, one for each client.
    package var acksTotal: UInt64 = 0
    /// Acknowledgements of messages that are not known any more, or were acknowledged before.
    package var ignoredAcksTotal: UInt64 = 0
    /// Resumes after which the client had everything, and those after which it may not.
    package var resumesRecoveredTotal: UInt64 = 0
    package var resumesFailedTotal: UInt64 = 0
    /// Messages of streams sent again to clients that resumed.
    package var replayedTotal: UInt64 = 0
    /// Messages of streams that Pub/Sub lost on the way here and that were read from the stream.
    package var repairedTotal: UInt64 = 0
    /// From publish to the write into the socket.
    package var latency = ByClass<LatencyHistogram>(repeating: LatencyHistogram())
    /// From the complete upgrade request to the answer.
    package var authLatency = LatencyHistogram()
    /// From the end of a connection until nothing of it is left: to the removal of its entry in the registry, or for
    /// clients without one to the end of what the loop kept.
    package var cleanup = LatencyHistogram()
}

/// Whether messages of other workers arrive.
package enum BackplaneState: Sendable, Equatable {
    /// Not yet reached since the start.
    case connecting
    case connected
    case lost(reason: String)

    /// Why the worker serves its own clients only, in words; nil when it does not.
    package var degraded: String? {
        switch self {
        case .connecting: "Redis is not reached yet; clients of this worker only are served"
        case .connected: nil
        case .lost(let reason): "Redis is away (\(reason)); clients of this worker only are served"
        }
    }
}

/// Which connections a list is about.
package enum ConnectionSelector: Sendable, Equatable {
    case all
    case room(RoomName)
    case user(String)
    case role(String)
    /// The one with this id.
    case connection(String)
}
