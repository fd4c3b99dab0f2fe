import FleetModel

/// The body of `POST /v1/operations`: begins what a plan says.
package struct OperationStart: Sendable, Equatable, Codable {
    package var plan: OperationPlan
    package var planHash: String
    package var reason: String?

    package init(plan: OperationPlan, planHash: String, reason: String?) {
        self.plan = plan
        self.planHash = planHash
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case plan, reason
        case planHash = "plan_hash"
    }
}

/// The body of `POST /v1/operations/progress`: what the leader has to tell; it renews the lease.
package struct OperationNews: Sendable, Equatable, Codable {
    package var id: String
    package var fence: Int
    package var state: OperationRecord.Progress
    /// Since the last news.
    package var steps: [OperationRecord.Step]
    /// Ends the operation and frees the lock.
    package var outcome: OperationOutcome?
    /// By the leader's clock, as the times of the steps are; left out, that clock is taken to agree with the worker's.
    package var sentAt: UnixTime?

    package init(
        id: String, fence: Int, state: OperationRecord.Progress, steps: [OperationRecord.Step],
        outcome: OperationOutcome?, sentAt: UnixTime? = nil
    ) {
        self.id = id
        self.fence = fence
        self.state = state
        self.steps = steps
        self.outcome = outcome
        self.sentAt = sentAt
    }

    /// Clocks that agree better than this are taken as they are.
    private static let clockTolerance: Duration = .seconds(2)

    /// The same with all times by the clock of the worker that hears it.
    /// - Parameter now: that clock.
    package func onClock(_ now: UnixTime) -> OperationNews {
        guard let sentAt, abs(sentAt.duration(to: now)) > Self.clockTolerance else { return self }
        var news = self
        let offset = sentAt.duration(to: now)
        news.sentAt = now
        for index in steps.indices { news.steps[index].at = steps[index].at.advanced(by: offset) }
        return news
    }

    private enum CodingKeys: String, CodingKey {
        case id, fence, state, steps, outcome
        case sentAt = "sent_at"
    }
}

private func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }

/// The body of `POST /v1/operations/cancel` and `POST /v1/operations/takeover`.
package struct OperationReference: Sendable, Equatable, Codable {
    package var id: String
    package var reason: String?

    package init(id: String, reason: String?) {
        self.id = id
        self.reason = reason
    }
}

/// `GET /v1/safety`, and the body of `POST /v1/safety`.
package struct SafetyState: Sendable, Equatable, Codable {
    /// Stops what runs and refuses what would start, for everyone.
    package var engaged: Bool
    package var reason: String?
    /// Who set it so, and when; left out of a request.
    package var by: String?
    package var at: UnixTime?

    package init(engaged: Bool, reason: String?, by: String? = nil, at: UnixTime? = nil) {
        self.engaged = engaged
        self.reason = reason
        self.by = by
        self.at = at
    }
}

/// `GET /v1/operations`: the latest first, without their snapshots and steps; `?id=` answers one record whole.
package struct OperationList: Sendable, Equatable, Codable {
    package var items: [OperationRecord]

    package init(items: [OperationRecord]) {
        self.items = items
    }
}
