import FleetModel

/// The body of `POST /v1/breakers/override`.
package struct BreakerOrder: Sendable, Equatable, Codable {
    package enum Mode: String, Sendable, Codable, CaseIterable {
        /// Every call is refused.
        case open
        /// Every call is let through, whatever comes of it.
        case closed
        /// The breaker decides again.
        case auto
    }

    package var name: BreakerName
    package var mode: Mode
    /// From now until the breaker decides again; `BreakerLimits.standardTime` where left out.
    package var forSeconds: Double?
    package var reason: String?

    package init(name: BreakerName, mode: Mode, forSeconds: Double? = nil, reason: String? = nil) {
        self.name = name
        self.mode = mode
        self.forSeconds = forSeconds
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case name, mode, reason
        case forSeconds = "for_seconds"
    }
}

/// How long a breaker may be held.
package enum BreakerLimits {
    package static let standardTime: Duration = .seconds(300)
    /// Whoever holds one for longer has another problem to solve.
    package static let longestTime: Duration = .seconds(3_600)
}

/// The body of `POST /v1/kick`: closes one connection of the worker.
package struct KickOrder: Sendable, Equatable, Codable {
    package var connectionID: String
    /// Refused where the connection is another user's.
    package var userID: String?
    /// The client is told that it may come back.
    package var mayReturn: Bool?
    package var reason: String?

    package init(connectionID: String, userID: String? = nil, mayReturn: Bool? = nil, reason: String? = nil) {
        self.connectionID = connectionID
        self.userID = userID
        self.mayReturn = mayReturn
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case reason
        case connectionID = "connection_id"
        case userID = "user_id"
        case mayReturn = "may_return"
    }
}

/// The answer to `POST /v1/kick`.
package struct KickReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    /// As it was before.
    package var connection: ConnectionInfo
    /// With which it was closed.
    package var closeCode: UInt16

    package init(worker: WorkerID, connection: ConnectionInfo, closeCode: UInt16) {
        self.worker = worker
        self.connection = connection
        self.closeCode = closeCode
    }

    private enum CodingKeys: String, CodingKey {
        case worker, connection
        case closeCode = "close_code"
    }
}
