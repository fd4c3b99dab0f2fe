import AdminAPI
import FleetModel
import Hummingbird

/// What a failover drill asks of a worker: how Redis stands, a failover, probes, and its place in the book of drills.
struct FailoverRoutes: Sendable {
    let worker: WorkerID
    /// nil on a worker without Redis.
    let overseer: (any RedisOverseer)?
    let station: ProbeStation?
    let gate: MutationGuard

    func redis(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await present(overseer).report())
    }

    func failOver(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted = try FailoverRequest.read(try await Self.body(of: request))
        let overseer = try present(overseer)
        let mutation = mutation("failover", "redis", reason: wanted.reason)
        return try await gate.perform(mutation, request, context) { _ in
            let report = try await overseer.failOver()
            return (report, "\(report.sentinel) took the order")
        }
    }

    func noteDrill(_ request: Request, _ context: AdminContext) async throws -> Response {
        let note = try DrillNote.read(try await Self.body(of: request))
        let overseer = try present(overseer)
        return try await gate.perform(mutation("drill", "redis", reason: nil), request, context) { _ in
            let history = try await overseer.note(note)
            return (history, "drill \(history.count): \(note.verdict ?? "begun, \(note.mode)")")
        }
    }

    func probes(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(try await present(station).report())
    }

    /// To begin takes the drill's token. Whoever knows the drill may renew or end it while Redis, where the token is
    /// checked, is away: that is when a drill needs its probes.
    func probe(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order = try ProbeOrder.read(try await Self.body(of: request))
        let station = try present(station)
        if order.stop { return try AdminAnswer.json(try await station.take(order)) }
        if try await station.report().isProbing(for: order.drill) {
            return try AdminAnswer.json(try await station.take(order))
        }
        return try await gate.perform(mutation("probe", worker.rawValue, reason: nil), request, context) { _ in
            (try await station.take(order), "probes of drill \(order.drill) begin")
        }
    }

    private static func body(of request: Request) async throws -> ByteBuffer {
        try await request.body.collect(upTo: AdminRoutes.maximumBodyLength)
    }

    private func mutation(_ action: String, _ target: String, reason: String?) -> Mutation {
        Mutation(action: action, target: target, place: .disruptive, role: .admin, reason: reason, before: "")
    }

    private func present<Part>(_ part: Part?) throws(AdminError) -> Part {
        guard let part else { throw AdminError(.unavailable, "this worker stands on no Redis") }
        return part
    }
}

extension ProbeReport {
    fileprivate func isProbing(for drill: String) -> Bool {
        switch phase {
        case .sending, .settling: self.drill == drill
        case .idle, .ended: false
        }
    }
}

// MARK: - Bodies

extension FailoverRequest: OrderBody {
    static let subject = "a failover"
    static let keys = ["reason"]

    init() { self.init(reason: nil) }

    func checked() throws -> FailoverRequest {
        try ReasonCheck.check(reason)
        return self
    }
}

extension DrillNote: OrderBody {
    static let subject = "a drill's note"
    static let keys = ["mode", "verdict"]

    init() { self.init(mode: "") }

    /// Words that a table shows.
    private static let longest = 32

    func checked() throws -> DrillNote {
        for word in [mode, verdict ?? "-"] {
            guard (1...Self.longest).contains(word.count), SafeText(word).text == word else {
                throw AdminError(.badRequest, "mode and verdict are 1 to \(Self.longest) printable characters")
            }
        }
        return self
    }
}

extension ProbeOrder: OrderBody {
    static let subject = "an order for probes"
    static let keys = ["drill", "rate_per_second", "duration_seconds", "lease_seconds", "late_after_seconds", "stop"]

    init() { self.init(drill: "", duration: .zero) }

    /// It is a part of a room's name and of a channel's.
    private static let longestName = 64

    func checked() throws -> ProbeOrder {
        guard drill.utf8.count <= Self.longestName, RoomName(drill) != nil else {
            throw AdminError(.badRequest, "drill is 1 to \(Self.longestName) of A-Za-z0-9:_.-")
        }
        guard ratePerSecond >= 1, ratePerSecond <= Self.maximumRate else {
            throw AdminError(.badRequest, "rate_per_second is 1 to \(Int(Self.maximumRate))")
        }
        try Self.check(duration, Self.longestDuration, "duration_seconds")
        try Self.check(lease, Self.longestLease, "lease_seconds")
        try Self.check(lateAfter, Self.longestLease, "late_after_seconds")
        return self
    }

    private static func check(_ value: Duration, _ longest: Duration, _ key: String) throws(AdminError) {
        guard value > .zero, value <= longest else {
            throw AdminError(.badRequest, "\(key) is more than 0 and at most \(longest.components.seconds)")
        }
    }
}
