import WebSocket

/// How a client's connection came to its end, or did not come about.
enum ConnectionEnd: Equatable {
    /// No TCP connection; the words say why.
    case unreachable(String)
    /// The server answered the upgrade with another status than 101, and may have said when to come again.
    case refused(status: Int, retryAfter: Duration?)
    /// The server's answer to the upgrade was none.
    case notWebSocket
    /// No confirmed subscription in time.
    case tooSlow
    /// A close frame of the server's, answered.
    case closedByServer(CloseCode?)
    /// The server answered our close, or took too long to.
    case closedByUs
    /// The server broke the protocol, and the connection was failed.
    case brokenProtocol(ProtocolFailure)
    /// The connection ended without a close frame.
    case cut
    /// We ended it without one, as a client that lost its network.
    case dropped

    /// Whether the server leaves it to the client to come back.
    var mayReturn: Bool {
        switch self {
        case .closedByServer(let code?): code.mayReconnect
        case .closedByServer(nil), .unreachable, .refused, .notWebSocket, .tooSlow, .closedByUs, .brokenProtocol, .cut,
            .dropped:
            true
        }
    }

    /// How long the server wants the client to stay away.
    var retryAfter: Duration? {
        switch self {
        case .refused(status: _, let wait): wait
        case .unreachable, .notWebSocket, .tooSlow, .closedByServer, .closedByUs, .brokenProtocol, .cut, .dropped: nil
        }
    }
}
