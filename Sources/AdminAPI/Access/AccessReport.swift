import FleetModel

/// `GET /v1/access`: who the worker takes the asker for, and what that lets them do.
package struct AccessReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    /// The user the operating system named, or the SAN URI of the client's certificate; never the client's word.
    package var identity: String
    /// Where from: `unix` with the process id, or the peer's address.
    package var origin: String
    /// nil for somebody whom no rule of the worker names: every route but this one is denied to them.
    package var granted: AccessRole?
    /// `granted`, or less where the session lowered it.
    package var effective: AccessRole?

    package init(
        worker: WorkerID, identity: String, origin: String, granted: AccessRole?, effective: AccessRole?
    ) {
        self.worker = worker
        self.identity = identity
        self.origin = origin
        self.granted = granted
        self.effective = effective
    }
}

/// Header fields of the admin API.
package enum AdminHeader {
    /// A role that the session lowers itself to; one above what is granted changes nothing.
    package static let role = "Gad-Role"
    /// The operation that an order belongs to, and its fencing token.
    package static let operation = "Gad-Operation"
    package static let fence = "Gad-Fence"
}
