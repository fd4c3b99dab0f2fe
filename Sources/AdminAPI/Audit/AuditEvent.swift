import FleetModel

/// What somebody did, wanted to do, or was denied, before it has a place in a chain.
package struct AuditEvent: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Written before the act happens.
        case before
        /// What came of it; `begun` names its `before`.
        case outcome
        /// It was refused, and nothing happened.
        case denied
    }

    /// The same in every chain that the event is in.
    package var id: String
    /// By the clock of `worker`.
    package var time: UnixTime
    package var kind: Kind
    /// Which worker was asked.
    package var worker: WorkerID
    /// Who, as the worker found out, and from where.
    package var identity: String
    package var origin: String
    /// The role they had, nil for none.
    package var role: AccessRole?
    package var action: String
    package var target: String
    package var reason: String?
    package var planHash: String?
    /// The operation that it belongs to.
    package var operation: String?
    /// How things stood before, and after.
    package var before: String?
    package var after: String?
    /// `done`, `failed: …`, or why it was denied.
    package var outcome: String?
    /// The id of the `before` that an outcome belongs to.
    package var begun: String?

    package init(
        id: String, time: UnixTime, kind: Kind, worker: WorkerID, identity: String, origin: String,
        role: AccessRole?, action: String, target: String
    ) {
        self.id = id
        self.time = time
        self.kind = kind
        self.worker = worker
        self.identity = identity
        self.origin = origin
        self.role = role
        self.action = action
        self.target = target
    }
}

extension AuditEvent: Codable {
    enum CodingKeys: String, CodingKey {
        case id, time, kind, worker, identity, origin, role, action, target, reason, operation, before, after, outcome
        case begun
        case planHash = "plan_hash"
    }
}
