import FleetModel

/// The body of `POST /v1/shed`: gives connections away to other workers, for as long as it is asked to again and again.
package struct ShedRequest: Sendable, Equatable, Codable {
    /// How many clients may be told to leave in all, over every order of the operation: asking twice moves nobody
    /// twice.
    package var count: Int
    /// Clients told to leave a second; more than zero.
    package var ratePerSecond: Double
    /// `RoomPattern` of the rooms whose clients leave; nil for all clients.
    package var rooms: String?
    /// Whether new connections are refused meanwhile.
    package var refuseNew: Bool
    /// Without another order the worker stops shedding, and accepts again, after this time.
    package var leaseSeconds: Double

    package init(
        count: Int, ratePerSecond: Double, rooms: String? = nil, refuseNew: Bool = true,
        leaseSeconds: Double = Self.standardLease.inSeconds
    ) {
        self.count = count
        self.ratePerSecond = ratePerSecond
        self.rooms = rooms
        self.refuseNew = refuseNew
        self.leaseSeconds = leaseSeconds
    }

    /// A leader asks again every second; after so many misses it is taken for dead.
    package static let standardLease: Duration = .seconds(5)
    /// Longer ones would let a dead leader's order go on.
    package static let longestLease: Duration = .seconds(30)

    private enum CodingKeys: String, CodingKey {
        case count, rooms
        case ratePerSecond = "rate_per_second"
        case refuseNew = "refuse_new"
        case leaseSeconds = "lease_seconds"
    }
}

/// The body of `POST /v1/shed/stop`; it may be left out.
package struct ShedStopRequest: Sendable, Equatable, Codable {
    /// Under the rules of a drain's.
    package var reason: String?

    package init(reason: String?) {
        self.reason = reason
    }
}

/// The body of `GET /v1/shed`, and the answer to every order.
package struct ShedReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var state: WorkerState
    /// The last one, also when it has ended; nil where there was none.
    package var shed: ShedStatus?

    package init(worker: WorkerID, state: WorkerState, shed: ShedStatus?) {
        self.worker = worker
        self.state = state
        self.shed = shed
    }
}

extension ShedRequest {
    /// What is left out takes its default.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try container.decode(Int.self, forKey: .count)
        ratePerSecond = try container.decode(Double.self, forKey: .ratePerSecond)
        rooms = try container.decodeIfPresent(String.self, forKey: .rooms)
        refuseNew = try container.decodeIfPresent(Bool.self, forKey: .refuseNew) ?? true
        leaseSeconds =
            try container.decodeIfPresent(Double.self, forKey: .leaseSeconds) ?? Self.standardLease.inSeconds
    }
}
