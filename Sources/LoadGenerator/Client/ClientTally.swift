import FleetModel
import WebSocket

/// What the clients of one process have seen, in numbers that add up over processes.
package struct ClientTally: Sendable, Codable, Equatable {
    /// Confirmed subscriptions, first and later ones.
    package var joins = 0
    /// Of those, the ones of clients that had been there before.
    package var rejoins = 0
    /// Clients that the server asked to reconnect.
    package var asked = 0
    /// Reconnects that ended up at the worker they were to avoid.
    package var returnedToAvoided = 0
    /// Attempts that did not end in a confirmed subscription, by reason.
    package var connectFailures: [String: Int] = [:]
    /// Ends of confirmed connections, by who ended them and with which code.
    package var closesByServer: [String: Int] = [:]
    package var closesByClient: [String: Int] = [:]
    /// `error` envelopes by code.
    package var errors: [String: Int] = [:]
    package var deliveries: UInt64 = 0
    package var deliveredBytes: UInt64 = 0
    /// Messages that no publisher of this run sent.
    package var foreign: UInt64 = 0
    /// Text messages that were no envelopes.
    package var malformed: UInt64 = 0
    /// From publishing to the client's read, of messages that came live.
    package var latency = ByClass(repeating: LatencyHistogram())
    /// Resumes that the server answered with everything since, and with nothing.
    package var resumesRecovered = 0
    package var resumesNotRecovered = 0
    /// Resumes that it did not take at all.
    package var resumesRefused = 0
    /// Messages that the server announced for its replays, and those that came from before the session they came in.
    package var replaysAnnounced: UInt64 = 0
    package var replaysReceived: UInt64 = 0
    /// Messages whose receipt was acknowledged.
    package var acknowledged: UInt64 = 0
    /// Clients that stopped reading, and of them those that the server has got rid of.
    package var stuck = 0
    package var stuckEnded = 0
    package var storm = StormTally()
    package var pace = ConnectPace()
    package var load = ProcessLoad()
    /// From dialling to the confirmed subscription.
    package var handshake = LatencyHistogram()
    /// CPU time of the process itself.
    @InSeconds package var cpuTime: Duration = .zero

    package init() {}

    package mutating func add(_ other: ClientTally) {
        joins += other.joins
        rejoins += other.rejoins
        asked += other.asked
        returnedToAvoided += other.returnedToAvoided
        connectFailures.merge(other.connectFailures, uniquingKeysWith: +)
        closesByServer.merge(other.closesByServer, uniquingKeysWith: +)
        closesByClient.merge(other.closesByClient, uniquingKeysWith: +)
        errors.merge(other.errors, uniquingKeysWith: +)
        deliveries += other.deliveries
        deliveredBytes += other.deliveredBytes
        foreign += other.foreign
        malformed += other.malformed
        for criticality in Criticality.allCases { latency[criticality].merge(other.latency[criticality]) }
        resumesRecovered += other.resumesRecovered
        resumesNotRecovered += other.resumesNotRecovered
        resumesRefused += other.resumesRefused
        replaysAnnounced += other.replaysAnnounced
        replaysReceived += other.replaysReceived
        acknowledged += other.acknowledged
        stuck += other.stuck
        stuckEnded += other.stuckEnded
        storm.add(other.storm)
        pace.add(other.pace)
        load.add(other.load)
        handshake.merge(other.handshake)
        cpuTime += other.cpuTime
    }

    /// Counts an `error` envelope; a server that makes up codes is counted under one name after the first few.
    mutating func countError(_ code: String) {
        let isKnown = errors[code] != nil || errors.count < Self.maximumErrorCodes
        errors[isKnown ? code : "others", default: 0] += 1
    }

    private static let maximumErrorCodes = 64

    package var allLatencies: LatencyHistogram {
        Criticality.allCases.reduce(into: LatencyHistogram()) { $0.merge(latency[$1]) }
    }

    mutating func countResume(_ answer: ResumeAnswer) {
        if answer.isRecovered {
            resumesRecovered += 1
            replaysAnnounced &+= UInt64(max(0, answer.count))
        } else {
            resumesNotRecovered += 1
        }
    }

    /// Spelled out, since going through a subscript would copy the histogram for each message.
    mutating func recordLatency(_ criticality: Criticality, microseconds: UInt64) {
        switch criticality {
        case .critical: latency.critical.record(microseconds: microseconds)
        case .important: latency.important.record(microseconds: microseconds)
        case .bestEffort: latency.bestEffort.record(microseconds: microseconds)
        }
    }

    /// Counts the end of an attempt that never got to its subscription.
    mutating func countFailure(_ end: ConnectionEnd) {
        connectFailures[end.failureName, default: 0] += 1
    }

    /// Counts the end of a connection that had its subscription.
    mutating func countClose(_ end: ConnectionEnd) {
        switch end {
        case .closedByUs: closesByClient["1001", default: 0] += 1
        case .dropped: closesByClient["1006", default: 0] += 1
        case .brokenProtocol(let failure): closesByClient["\(failure.code.rawValue)", default: 0] += 1
        case .closedByServer(let code): closesByServer["\((code ?? .noCode).rawValue)", default: 0] += 1
        case .cut, .unreachable, .refused, .notWebSocket, .tooSlow: closesByServer["1006", default: 0] += 1
        }
    }
}

extension ConnectionEnd {
    fileprivate var failureName: String {
        switch self {
        case .unreachable(let reason): reason
        case .refused(let status, retryAfter: _): "HTTP status \(status)"
        case .notWebSocket: "no WebSocket server"
        case .tooSlow: "no subscription in time"
        case .closedByServer(let code): "closed with \((code ?? .noCode).rawValue) before the subscription"
        case .closedByUs: "given up at the end"
        case .brokenProtocol(let failure): "protocol broken: \(failure.reason)"
        case .cut: "cut before the subscription"
        case .dropped: "dropped before the subscription"
        }
    }
}
