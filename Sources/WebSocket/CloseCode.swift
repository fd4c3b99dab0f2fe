/// Why a connection is closed, as sent in the close frame (RFC 6455, 7.4).
///
/// Of the application's range the meaning is in the hundreds, as with Centrifugo: 3000 to 3499 and 4000 to 4499 say
/// "come back", 3500 to 3999 and 4500 to 4999 say "do not".
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

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

    /// The worker stops or is drained; connect again.
    package static let shutdown = CloseCode(rawValue: 3001)
    /// The token expired; connect again with a fresh one.
    package static let expired = CloseCode(rawValue: 3005)
    /// The client did not take its messages fast enough; connect again.
    package static let slow = CloseCode(rawValue: 3008)
    /// The client answered no ping; connect again.
    package static let noPong = CloseCode(rawValue: 3012)

    /// Whether a peer may send this code (RFC 6455, 7.4.1 and 7.4.2, with 1012 to 1014 as registered since).
    package var mayBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// Longest reason a close frame can carry: 125 bytes of a control frame less the code (RFC 6455, 5.5).
    package static let maximumReasonLength = 123
}
