import AdminAPI
import FleetModel

/// One question to one worker.
package struct AdminRequest: Sendable {
    package enum Method: Sendable {
        case get
        case post
    }

    package var endpoint: AdminEndpoint
    package var method: Method
    /// With its query.
    package var path: String
    package var body: [UInt8]
    /// Further header fields, as `Name: value`.
    package var fields: [String] = []
    var accept: String
    /// For the whole exchange; nil for a stream, which has no end.
    package var timeout: Duration?
    /// Whether nobody waits for the answer any longer once the task that asked is cancelled. Of an order the answer is
    /// wanted all the same: it says whether the order was taken.
    package var endsWithTask = false

    /// One dead worker must not hold up a command, and a live one answers in milliseconds.
    package static let standardTimeout: Duration = .seconds(2)

    package init(
        _ endpoint: AdminEndpoint, _ method: Method = .get, _ route: AdminRoute, query: String = "",
        body: [UInt8] = [], timeout: Duration? = AdminRequest.standardTimeout
    ) {
        self.endpoint = endpoint
        self.method = method
        path = route.rawValue + (query.isEmpty ? "" : "?" + query)
        self.body = body
        accept = "application/json"
        self.timeout = timeout
    }

    /// The stream of a worker's samples in their compact form.
    static func samples(of endpoint: AdminEndpoint) -> AdminRequest {
        var request = AdminRequest(endpoint, .get, .stream, query: "interval_ms=1000", timeout: nil)
        request.accept = SampleFormat.compact.rawValue
        return request
    }

    /// A worker's newest sample and one of some seconds earlier, in their compact form.
    static func recentSamples(of endpoint: AdminEndpoint) -> AdminRequest {
        var request = AdminRequest(endpoint, .get, .recentStats)
        request.endsWithTask = true
        request.accept = SampleFormat.compact.rawValue
        return request
    }

    var headers: [String] {
        ["Accept: " + accept] + (method == .post ? ["Content-Type: application/json"] : []) + fields
            + (AdminSession.role.map { ["\(AdminHeader.role): \($0.rawValue)"] } ?? [])
    }
}

/// A whole answer of a worker.
package struct AdminResponse: Sendable, Equatable {
    package var status: Int
    package var body: [UInt8]
    /// Of the worker's certificate; nil on a unix socket.
    package var certificateEnds: UnixTime?
}
