/// What clients speak once the WebSocket is open.
package enum Dialect: String, Sendable, Codable, CaseIterable {
    /// The gateway's protocol.
    case gad
    /// NATS: a frame holds lines of its protocol, and subjects are the rooms.
    case nats
    /// Messages and nothing else, as of nchan; the URL says which.
    case plain

    func request(to target: TargetURL, token: String?, previous: String?) -> UpgradeRequest {
        switch self {
        case .gad: UpgradeRequest(target: target, token: token, previous: previous)
        case .nats, .plain: UpgradeRequest(target: target, token: token, subprotocol: nil)
        }
    }
}
