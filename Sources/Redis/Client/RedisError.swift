/// Why a command to Redis has no result.
package enum RedisError: Error, Equatable, CustomStringConvertible {
    /// Nothing was sent. The words say why there is no connection.
    case notConnected(String)
    /// The command may or may not have been executed. The words say how the connection ended.
    case connectionLost(String)
    /// More is awaited from Redis than the connection may hold; nothing was sent.
    case tooMuchInFlight
    /// The write is done, but too few replicas have it: it would be lost with the primary.
    case notReplicated(wanted: Int, reached: Int)
    /// Redis answered with an error; its words, code first.
    case refused(String)
    /// Redis sent what RESP2 does not allow, or more than the reader's bounds.
    case protocolViolation(String)
    /// Redis answered something that the command never answers.
    case unexpectedReply(to: String)
    case commandTooLarge(Int)
    case outOfMemory
    case shutDown

    /// What Redis refused a command with, without the arguments that it quotes of a command it does not know: they hold
    /// what clients say in confidence, and errors reach logs.
    static func refusal(_ words: String) -> RedisError {
        .refused(words.firstRange(of: ", with args").map { String(words[..<$0.lowerBound]) } ?? words)
    }

    package var description: String {
        switch self {
        case .notConnected(let reason): "not connected to Redis (\(reason)); it is tried again by itself"
        case .connectionLost(let reason): "lost the connection to Redis (\(reason)); the command may have been executed"
        case .tooMuchInFlight: "Redis answers too slowly: too many commands wait for a reply; send this one later"
        case .notReplicated(let wanted, let reached):
            "on the primary, but not on \(wanted) replicas (on \(reached)); publish it again with the same message id"
        case .refused(let words): "Redis refused the command: \(words)"
        case .protocolViolation(let words): "Redis broke the protocol: \(words); is the address that of a Redis?"
        case .unexpectedReply(let command): "Redis gave an unexpected reply to \(command); check its version"
        case .commandTooLarge(let size):
            "a command of \(size) bytes is over the limit of \(RESPCommand.maximumSize); send less at once"
        case .outOfMemory: "no memory to format a command for Redis"
        case .shutDown: "the connection to Redis was shut down here"
        }
    }
}
