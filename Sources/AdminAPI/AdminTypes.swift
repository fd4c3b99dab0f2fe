import FleetModel

/// `GET /v1/identity`.
package struct WorkerIdentity: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var node: String
    package var version: String
    package var pid: Int32
    package var startedAt: UnixTime
    package var sharedPort: Int
    /// The worker's own port, for load balancers.
    package var workerPort: Int
    package var state: WorkerState

    package init(
        worker: WorkerID, node: String, version: String, pid: Int32, startedAt: UnixTime, sharedPort: Int,
        workerPort: Int, state: WorkerState
    ) {
        self.worker = worker
        self.node = node
        self.version = version
        self.pid = pid
        self.startedAt = startedAt
        self.sharedPort = sharedPort
        self.workerPort = workerPort
        self.state = state
    }

    private enum CodingKeys: String, CodingKey {
        case worker, node, version, pid, state
        case startedAt = "started_at"
        case sharedPort = "shared_port"
        case workerPort = "worker_port"
    }
}

/// One page of a list; ask again with `nextCursor` for the next, until it is nil.
package struct Page<Item: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
    package var items: [Item]
    /// Of the whole list, not of the page.
    @BoundedCount package var total: Int
    package var nextCursor: String?

    package init(items: [Item], total: Int, nextCursor: String?) {
        self.items = items
        self.total = total
        self.nextCursor = nextCursor
    }

    private enum CodingKeys: String, CodingKey {
        case items, total
        case nextCursor = "next_cursor"
    }
}

/// Bounds of `limit` in paged routes.
package enum PageLimit {
    package static let standard = 100
    package static let maximum = 1_000
}

/// One line of `GET /v1/acks`, the youngest message first: a critical message, or an operator's, and how far it went on
/// this worker.
package struct AckReport: Sendable, Equatable, Codable {
    package var messageID: String
    /// nil for one that was not about a room.
    package var room: RoomName?
    /// Its place in the room's stream; nil for one that is not kept in one.
    package var offset: String?
    package var epoch: String?
    package var publishedAt: UnixTime
    /// Connections that it was written to or waits for; one that takes nothing may be closed before it has it.
    @BoundedCount package var delivered: Int
    /// Connections that acknowledged it, each once.
    @BoundedCount package var acknowledged: Int
    /// Connections that it was for and that missed it; counted of operators' messages only.
    @BoundedCount package var dropped: Int

    package init(
        messageID: String, room: RoomName?, offset: String?, epoch: String?, publishedAt: UnixTime, delivered: Int,
        acknowledged: Int, dropped: Int = 0
    ) {
        self.messageID = messageID
        self.room = room
        self.offset = offset
        self.epoch = epoch
        self.publishedAt = publishedAt
        self.delivered = delivered
        self.acknowledged = acknowledged
        self.dropped = dropped
    }

    private enum CodingKeys: String, CodingKey {
        case room, offset, epoch, delivered, acknowledged, dropped
        case messageID = "message_id"
        case publishedAt = "published_at"
    }
}

/// The body of `POST /v1/drain`. What is left out takes the worker's default.
package struct DrainRequest: Sendable, Equatable, Codable {
    /// Closes a second once the grace is over; more than zero.
    package var ratePerSecond: Double?
    /// From now until no connection is left.
    package var deadlineSeconds: Double?
    package var reason: String?

    package init(ratePerSecond: Double? = nil, deadlineSeconds: Double? = nil, reason: String? = nil) {
        self.ratePerSecond = ratePerSecond
        self.deadlineSeconds = deadlineSeconds
        self.reason = reason
    }

    /// Longer reasons are refused, not cut.
    package static let maximumReasonLength = 200

    private enum CodingKeys: String, CodingKey {
        case reason
        case ratePerSecond = "rate_per_second"
        case deadlineSeconds = "deadline_seconds"
    }
}

/// The body of `POST /v1/undrain`; it may be left out.
package struct UndrainRequest: Sendable, Equatable, Codable {
    /// Under the rules of a drain's.
    package var reason: String?

    package init(reason: String?) {
        self.reason = reason
    }
}

/// The body of `GET /v1/drain` and the answer to drain and undrain.
package struct DrainReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var state: WorkerState
    /// nil when no drain is under way or finished.
    package var drain: DrainStatus?

    package init(worker: WorkerID, state: WorkerState, drain: DrainStatus?) {
        self.worker = worker
        self.state = state
        self.drain = drain
    }
}

/// The body of every answer that is not a success.
package struct AdminError: Error, Sendable, Equatable, Codable {
    package enum Code: String, Sendable, Codable {
        case badRequest = "bad_request"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case alreadyDraining = "already_draining"
        case notDraining = "not_draining"
        case shuttingDown = "shutting_down"
        case payloadTooLarge = "payload_too_large"
        /// The role does not suffice; the message says which does.
        case denied
        /// What cannot be written down is not done.
        case auditUnavailable = "audit_unavailable"
        case safetyEngaged = "safety_engaged"
        /// Another disruptive operation runs; the message names who leads it.
        case operationRunning = "operation_running"
        /// The route is for orders of a running operation.
        case operationRequired = "operation_required"
        /// The fencing token is not that of the operation that runs.
        case fenced
        case planExpired = "plan_expired"
        /// The fleet is not any more what the plan was made for.
        case planDrifted = "plan_drifted"
        /// The plan was carried out already, or is not what its hash says.
        case planInvalid = "plan_invalid"
        case conflict
        case unavailable
        case `internal`
    }

    package var code: Code
    /// A sentence that says what happened, to what, and what to do next.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
