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
    /// From publishing to the client's read.
    package var latency = LatencyHistogram()
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
        latency.merge(other.latency)
        handshake.merge(other.handshake)
        cpuTime += other.cpuTime
    }

    /// Counts an `error` envelope; a server that makes up codes is counted under one name after the first few.
    mutating func countError(_ code: String) {
        let isKnown = errors[code] != nil || errors.count < Self.maximumErrorCodes
        errors[isKnown ? code : "others", default: 0] += 1
    }

    private static let maximumErrorCodes = 64

    /// Counts the end of an attempt that never got to its subscription.
    mutating func countFailure(_ end: ConnectionEnd) {
        connectFailures[end.failureName, default: 0] += 1
    }

    /// Counts the end of a connection that had its subscription.
    mutating func countClose(_ end: ConnectionEnd) {
        switch end {
        case .closedByUs: closesByClient["1001", default: 0] += 1
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
        case .refused(let status): "HTTP status \(status)"
        case .notWebSocket: "no WebSocket server"
        case .tooSlow: "no subscription in time"
        case .closedByServer(let code): "closed with \((code ?? .noCode).rawValue) before the subscription"
        case .closedByUs: "given up at the end"
        case .brokenProtocol(let failure): "protocol broken: \(failure.reason)"
        case .cut: "cut before the subscription"
        }
    }
}
