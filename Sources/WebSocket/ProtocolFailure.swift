/// How a peer broke the protocol, and with which code the connection is failed (RFC 6455, 7.1.7 and 7.4.1).
package enum ProtocolFailure: Error, Sendable, Equatable {
    case reservedBits
    case reservedOpcode
    case unmasked
    case masked
    case fragmentedControl
    case longControl
    case strayContinuation
    case interruptedMessage
    case paddedLength
    case invalidClose
    case invalidText
    case tooBig(maximum: Int)

    package var code: CloseCode {
        switch self {
        case .reservedBits, .reservedOpcode, .unmasked, .masked, .fragmentedControl, .longControl,
            .strayContinuation, .interruptedMessage, .paddedLength, .invalidClose:
            .protocolError
        case .invalidText: .invalidPayload
        case .tooBig: .messageTooBig
        }
    }

    /// For the close frame, so shorter than 124 bytes.
    package var reason: String {
        switch self {
        case .reservedBits: "a reserved bit is set, but no extension was negotiated"
        case .reservedOpcode: "the opcode is reserved"
        case .unmasked: "a client must mask its frames"
        case .masked: "a server must not mask its frames"
        case .fragmentedControl: "a control frame must not be fragmented"
        case .longControl: "a control frame carries at most 125 bytes"
        case .strayContinuation: "a continuation frame without a message to continue"
        case .interruptedMessage: "a message began before the one before it ended"
        case .paddedLength: "the length is not in its shortest form"
        case .invalidClose: "the close frame's payload is not valid"
        case .invalidText: "the text is not UTF-8"
        case .tooBig(let maximum): "the message is longer than \(maximum) bytes"
        }
    }
}
