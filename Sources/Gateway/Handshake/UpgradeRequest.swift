import NIOHTTP1
import WebSocket

/// A request to open a WebSocket, checked by the letter of RFC 6455, 4.2.1.
struct UpgradeRequest: Equatable {
    /// Answers the client's key.
    var accept: String
    /// To be named in the answer; nil when the client offered none.
    var subprotocol: String?

    static let subprotocol = "gad.v1.json"
    private static let version = "13"

    /// - Parameter negotiates: whether the path speaks our subprotocol.
    /// - Throws: `HandshakeRefusal`, to be told to the client.
    init(_ head: HTTPRequestHead, negotiates: Bool) throws(HandshakeRefusal) {
        try Self.checkIsUpgrade(head)
        let keys = head.headers["Sec-WebSocket-Key"]
        guard keys.count == 1, OpeningHandshake.isValid(key: keys[0]) else {
            throw .badRequest("Sec-WebSocket-Key must be given once, as base64 of 16 bytes")
        }
        accept = OpeningHandshake.accept(key: keys[0])
        subprotocol = negotiates ? try Self.subprotocol(of: head) : nil
    }

    private static func checkIsUpgrade(_ head: HTTPRequestHead) throws(HandshakeRefusal) {
        guard head.method == .GET else { throw .methodNotAllowed }
        guard head.headers.hasToken("websocket", in: "Upgrade") else { throw .upgradeRequired }
        guard head.version == .http1_1 else { throw .badRequest("a WebSocket needs HTTP/1.1") }
        guard head.headers.hasToken("upgrade", in: "Connection") else {
            throw .badRequest("the Connection header must say upgrade")
        }
        guard head.headers["Sec-WebSocket-Version"] == [version] else { throw .upgradeRequired }
    }

    private static func subprotocol(of head: HTTPRequestHead) throws(HandshakeRefusal) -> String? {
        let offered = head.headers[canonicalForm: "Sec-WebSocket-Protocol"]
        guard !offered.isEmpty else { return nil }
        guard offered.contains(where: { $0 == subprotocol }) else {
            throw .badRequest("none of the offered subprotocols is supported; offer \(subprotocol)")
        }
        return subprotocol
    }
}

extension HTTPHeaders {
    fileprivate func hasToken(_ token: String, in name: String) -> Bool {
        self[canonicalForm: name].contains { $0.lowercased() == token }
    }
}

/// Why a request is answered with something other than what it asked for.
enum HandshakeRefusal: Error, Equatable {
    case badRequest(String)
    case unauthorized(String)
    case notFound
    case methodNotAllowed
    case upgradeRequired
    case headersTooLarge
    /// A page of another origin than those allowed asks.
    case foreignOrigin(String)
    /// The worker takes no new clients; seconds until it makes sense to ask again.
    case draining(retryAfter: Int)
    /// More clients come than the worker takes in a second; likewise.
    case tooManyConnects(retryAfter: Int)

    var status: HTTPResponseStatus {
        switch self {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .upgradeRequired: .upgradeRequired
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .foreignOrigin: .forbidden
        case .draining, .tooManyConnects: .serviceUnavailable
        }
    }

    /// Fields that the status obliges to.
    var headers: [(String, String)] {
        switch self {
        case .badRequest, .notFound, .headersTooLarge, .foreignOrigin: []
        case .unauthorized: [("WWW-Authenticate", "Bearer realm=\"gadgate\"")]
        case .methodNotAllowed: [("Allow", "GET")]
        case .upgradeRequired: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
        case .draining(let seconds), .tooManyConnects(let seconds): [("Retry-After", String(seconds))]
        }
    }

    var code: String {
        switch self {
        case .badRequest: "bad_request"
        case .unauthorized: "unauthorized"
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .upgradeRequired: "upgrade_required"
        case .headersTooLarge: "headers_too_large"
        case .foreignOrigin: "origin_forbidden"
        case .draining: "draining"
        case .tooManyConnects: "too_many_connects"
        }
    }

    var message: String {
        switch self {
        case .badRequest(let message), .unauthorized(let message): message
        case .notFound: "there is nothing at this path; clients connect at /ws/connect"
        case .methodNotAllowed: "only GET is served here"
        case .upgradeRequired: "this path is for WebSockets of version 13; ask for an upgrade"
        case .headersTooLarge: "the request's line and headers are longer than is accepted"
        case .foreignOrigin(let origin):
            "pages of the origin '\(CommandFault.excerpt(origin))' may not connect here; ask for it to be allowed"
        case .draining: "this worker takes no new clients; connect again and another will answer"
        case .tooManyConnects: "too many clients connect at once; connect again after the time in Retry-After"
        }
    }

    /// `{"error":{"code":…,"message":…}}`
    var body: String {
        var error = JSONFields()
        error.add("code", code)
        error.add("message", message)
        var object = JSONFields()
        object.add("error", error)
        return object.text
    }
}
