import FleetModel
import NIOCore

/// What one loop counted since the worker's start; plain numbers, added up when someone asks.
struct ShardCounters: Sendable {
    /// Upgrades that clients asked for, whatever the answer was.
    var connectAttempts: UInt64 = 0
    var connectionsTotal: UInt64 = 0
    var reconnectsTotal: UInt64 = 0
    var closes: [UInt16: UInt64] = [:]
    var plannedCloses = PlannedCloses()
    /// Because the worker is drained or stops.
    var refused: UInt64 = 0
    /// Because too many came at once.
    var refusedByRate: UInt64 = 0
    var refusedByOrigin: UInt64 = 0
    var tlsFailures: UInt64 = 0
    var authFailures: UInt64 = 0
    var protocolErrors: UInt64 = 0
    var heartbeatTimeouts: UInt64 = 0
    var sendErrors = SendErrors()
    var duplicatesSuppressed: UInt64 = 0
    var messagesIn = ByClass<UInt64>(repeating: 0)
    var messagesOut = ByClass<UInt64>(repeating: 0)
    var drops = DropCounts()
    var latency = ByClass<LatencyHistogram>(repeating: LatencyHistogram())
    var authLatency = LatencyHistogram()
    /// From the end of a connection until nothing of it is left.
    var cleanup = LatencyHistogram()
    /// When any client was heard last; filled in for a report.
    var lastHeartbeat: UnixTime?
    var acks: UInt64 = 0
    /// Acknowledgements of messages that are not known here any more, or were acknowledged before.
    var ignoredAcks: UInt64 = 0
    var resumesRecovered: UInt64 = 0
    var resumesFailed: UInt64 = 0
    var replayed: UInt64 = 0

    /// Notes that a message was written to so many clients.
    mutating func wrote(_ message: OutboundMessage, takers: UInt64 = 1, at now: NIODeadline) {
        messagesOut[message.criticality] += takers
        latency[message.criticality].record(Duration(max(.zero, now - message.publishedAt)), times: takers)
    }

    mutating func merge(_ other: ShardCounters) {
        connectAttempts += other.connectAttempts
        connectionsTotal += other.connectionsTotal
        reconnectsTotal += other.reconnectsTotal
        closes.merge(other.closes, uniquingKeysWith: +)
        plannedCloses.merge(other.plannedCloses)
        refused += other.refused
        refusedByRate += other.refusedByRate
        refusedByOrigin += other.refusedByOrigin
        tlsFailures += other.tlsFailures
        authFailures += other.authFailures
        protocolErrors += other.protocolErrors
        heartbeatTimeouts += other.heartbeatTimeouts
        sendErrors += other.sendErrors
        duplicatesSuppressed += other.duplicatesSuppressed
        drops.merge(other.drops)
        for criticality in Criticality.allCases {
            messagesIn[criticality] += other.messagesIn[criticality]
            messagesOut[criticality] += other.messagesOut[criticality]
            latency[criticality].merge(other.latency[criticality])
        }
        authLatency.merge(other.authLatency)
        cleanup.merge(other.cleanup)
        lastHeartbeat = [lastHeartbeat, other.lastHeartbeat].compactMap { $0 }.max()
        acks += other.acks
        ignoredAcks += other.ignoredAcks
        resumesRecovered += other.resumesRecovered
        resumesFailed += other.resumesFailed
        replayed += other.replayed
    }
}
