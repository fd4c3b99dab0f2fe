import WebSocket

/// A client's opening handshake (RFC 6455, 4.1).
struct UpgradeRequest {
    var target: TargetURL
    /// A JWT for `Authorization: Bearer`.
    var token: String?
    /// The connection that this one replaces, by the id that the server gave it.
    var previous: String?
    /// Of the gateway's protocol; nil offers none.
    var subprotocol: String? = gatewayProtocol

    static let gatewayProtocol = "gad.v1.json"

    func text(key: String) -> String {
        let separator = target.path.contains("?") ? "&" : "?"
        let path = target.path + (previous.map { separator + "previous=" + $0 } ?? "")
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "GET \(path) HTTP/1.1\r\nHost: \(target.authority)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: 13\r\n"
            + (subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "") + authorization + "\r\n"
    }
}
