import FleetModel

/// What came of a query: what each worker that was asked said.
package struct FleetAnswer: Sendable, Equatable, Codable {
    package let query: FleetQuery
    /// When the last of them had answered or been given up.
    package let at: UnixTime
    /// In the order in which they were asked.
    package let parts: [Part]

    package struct Part: Sendable, Equatable {
        package let worker: WorkerID
        package let reply: Result<FleetReply, AdminError>

        package init(_ worker: WorkerID, _ reply: Result<FleetReply, AdminError>) {
            self.worker = worker
            self.reply = reply
        }
    }

    package init(_ query: FleetQuery, at: UnixTime, parts: [Part]) {
        self.query = query
        self.at = at
        self.parts = parts
    }

    /// Those that answered.
    package var replies: [(worker: WorkerID, reply: FleetReply)] {
        parts.compactMap { part in
            guard case .success(let reply) = part.reply else { return nil }
            return (part.worker, reply)
        }
    }

    /// Those that did not, and why.
    package var failures: [(worker: WorkerID, error: AdminError)] {
        parts.compactMap { part in
            guard case .failure(let error) = part.reply else { return nil }
            return (part.worker, error)
        }
    }
}

/// What one worker said.
package enum FleetReply: Sendable, Equatable, Codable {
    case rooms(Page<RoomInfo>)
    case connections(Page<ConnectionInfo>)
    case breakers(BreakersReport)
    case degradation(DegradationStatus)
    case redis(RedisReport)
    case redisDetails(RedisDetails)
    case redisKeys(RedisKeyReport)
    case throttles(ThrottleList)
    case throttlePreview(ThrottlePreview)
    case audit(AuditPage)
    case acks(Page<AckReport>)
}
