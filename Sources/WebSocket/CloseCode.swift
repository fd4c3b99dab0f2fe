/// Why a connection is closed, as sent in the close frame (RFC 6455, 7.4).
///
/// Of the application's range the meaning is in the hundreds, as with Centrifugo: 3000 to 3499 and 4000 to 4499 say
/// "come back", 3500 to 3999 and 4500 to 4999 say "do not". README.md beside this file is the table of all of them.
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Longest reason a close frame can carry: 125 bytes of a control frame less the code (RFC 6455, 5.5).
    package static let maximumReasonLength = 123
}

// MARK: - RFC 6455 and the codes registered since

extension CloseCode {
    package static let normal = CloseCode(rawValue: 1000)
    package static let goingAway = CloseCode(rawValue: 1001)
    package static let protocolError = CloseCode(rawValue: 1002)
    package static let unsupportedData = CloseCode(rawValue: 1003)
    /// Never sent: a close frame came without a code.
    package static let noCode = CloseCode(rawValue: 1005)
    /// Never sent: the connection ended without a close frame.
    package static let abnormal = CloseCode(rawValue: 1006)
    package static let invalidPayload = CloseCode(rawValue: 1007)
    package static let policyViolation = CloseCode(rawValue: 1008)
    package static let messageTooBig = CloseCode(rawValue: 1009)
    package static let internalError = CloseCode(rawValue: 1011)
    package static let serviceRestart = CloseCode(rawValue: 1012)
    package static let tryAgainLater = CloseCode(rawValue: 1013)
}

// MARK: - Ours

extension CloseCode {
    /// The worker stops or is drained.
    package static let shutdown = CloseCode(rawValue: 3001)
    /// The token expired, and its grace is over.
    package static let expired = CloseCode(rawValue: 3005)
    /// The client did not take its messages fast enough.
    package static let slow = CloseCode(rawValue: 3008)
    /// The client is better served by another worker.
    package static let rebalance = CloseCode(rawValue: 3011)
    /// The client answered no ping.
    package static let noPong = CloseCode(rawValue: 3012)
    /// The client sent more than its role may.
    package static let rateLimited = CloseCode(rawValue: 3013)
    /// An operator closed the connection; the client may come back.
    package static let dismissed = CloseCode(rawValue: 3014)
    /// The client sent bad tokens again and again.
    package static let invalidToken = CloseCode(rawValue: 3500)
    /// The client was sent away, and is not wanted back.
    package static let forbidden = CloseCode(rawValue: 3507)
    /// Never sent: the client closed with a code of the application's range, whichever.
    package static let clientOwn = CloseCode(rawValue: 4000)
}

// MARK: - Meaning

extension CloseCode {
    /// Whether a peer may send this code (RFC 6455, 7.4.1 and 7.4.2, with 1012 to 1014 as registered since).
    package var mayBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// Whether a client does right to connect again by itself: no where the same would end in the same way.
    package var mayReconnect: Bool {
        switch rawValue {
        case 1002, 1003, 1007...1010, 3500...3999, 4500...4999: false
        default: true
        }
    }

    /// The codes with a meaning of their own, in ascending order.
    package static let named: [CloseCode] = [
        .normal, .goingAway, .protocolError, .unsupportedData, .noCode, .abnormal, .invalidPayload, .policyViolation,
        .messageTooBig, .internalError, .serviceRestart, .tryAgainLater, .shutdown, .expired, .slow, .rebalance,
        .noPong, .rateLimited, .dismissed, .invalidToken, .forbidden, .clientOwn,
    ]

    /// What the code says to who reads it, in words; nil for a code without a name.
    package var meaning: String? {
        switch self {
        case .normal: "the client is done"
        case .goingAway: "the peer goes away, as a browser does that leaves a page"
        case .protocolError: "a frame broke RFC 6455"
        case .unsupportedData: "binary data, where the protocol carries text"
        case .noCode: "never sent: the close frame had no code"
        case .abnormal: "never sent: the connection ended without a close frame"
        case .invalidPayload: "text that is not UTF-8"
        case .policyViolation: "what the client did is not allowed"
        case .messageTooBig: "a message longer than `limits.message_bytes`"
        case .internalError: "the gateway failed"
        case .serviceRestart: "a proxy in between restarts"
        case .tryAgainLater: "a proxy in between has no room for now"
        case .shutdown: "the worker stops or is drained; another one serves"
        case .expired: "the token expired and its grace is over; come with a fresh one"
        case .slow: "messages were not taken fast enough; come back and resume"
        case .rebalance: "another worker has more room; come back and resume"
        case .noPong: "no answer to a ping"
        case .rateLimited: "more messages, bytes or joins than the role may; come back and send less"
        case .dismissed: "closed by an operator, who lets the client come back"
        case .invalidToken: "too many bad tokens in a row; get a good one first"
        case .forbidden: "sent away by an operator"
        case .clientOwn: "never sent: the client closed with a code of its own, from 3000 on"
        default: nil
        }
    }
}
