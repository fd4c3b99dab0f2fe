/// What a frame is (RFC 6455, 5.2); reserved opcodes have no value here.
package enum Opcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    package var isControl: Bool { rawValue >= 0x8 }
}

/// Which end of the connection we are: clients mask what they send, servers never do (RFC 6455, 5.1).
package enum Role: Sendable {
    case client
    case server
}
