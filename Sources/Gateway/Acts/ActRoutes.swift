import AdminAPI
import FleetModel
import Hummingbird
import NIOCore
import WebSocket

/// Single acts of operators: each stands alone, and none is part of a larger operation.
struct ActRoutes: Sendable {
    let worker: WorkerID
    let mutations: MutationGuard
    let throttles: ThrottleKeeper
    let target: any ActTarget
    let breakers: BreakerBoard
    let clock: SteadyClock

    /// The longest is a broadcast: its message with every character escaped.
    private static let maximumBodyLength = 32_768

    private func body<Body: ActBody>(of request: Request) async throws -> Body {
        try Body.read(try await request.body.collect(upTo: Self.maximumBodyLength))
    }
}

// MARK: - Throttles

extension ActRoutes {
    func listThrottles(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await list())
    }

    func previewThrottle(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: ["pattern"])
        guard let pattern = query.text("pattern").flatMap({ RoomPattern($0) }) else {
            throw AdminError(.badRequest, "pattern is missing or is none: \(RoomPattern.rules)")
        }
        return try AdminAnswer.json(await preview(pattern))
    }

    func setThrottle(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order: ThrottleOrder = try await body(of: request)
        let overrides = order.overrideCritical ?? false
        let mutation = Mutation(
            action: overrides ? "throttle critical rooms" : "throttle", target: order.pattern.rawValue, place: .single,
            role: overrides ? .admin : .operator, reason: order.reason, before: await words(of: order.pattern))
        return try await mutations.perform(mutation, request, context) { asker in
            if !overrides { try await refuseCritical(order.pattern) }
            try await throttles.set(rule(order, by: asker), lasting: order.time)
            return (await list(), await words(of: order.pattern))
        }
    }

    func clearThrottle(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order: ThrottleClearOrder = try await body(of: request)
        let mutation = Mutation(
            action: "throttle clear", target: order.pattern.rawValue, place: .restoring, role: .operator,
            reason: order.reason, before: await words(of: order.pattern))
        return try await mutations.perform(mutation, request, context) { _ in
            try await throttles.clear(order.pattern)
            return (await list(), await words(of: order.pattern))
        }
    }

    private func list() async -> ThrottleList {
        let (items, workers) = await target.throttles()
        return ThrottleList(worker: worker, at: clock.now, workers: workers, items: items)
    }

    private func preview(_ pattern: RoomPattern) async -> ThrottlePreview {
        ThrottlePreview(of: pattern, worker: worker, rooms: await target.roomCounts(), target.criticalityRules)
    }

    /// Critical rooms are never held to a rate by accident: not even named by one.
    private func refuseCritical(_ pattern: RoomPattern) async throws {
        let preview = await preview(pattern)
        guard preview.needsOverride else { return }
        let rooms = preview.criticalRooms.map(\.rawValue) + (preview.isCriticalOnly ? preview.criticalPrefixes : [])
        throw AdminError(
            .conflict,
            "\(pattern) names critical rooms (\(rooms.prefix(ThrottlePreview.maximumNames).joined(separator: ", "))); "
                + "an admin throttles them with --override-critical")
    }

    private func rule(_ order: ThrottleOrder, by asker: Asker) -> ThrottleRule {
        ThrottleRule(
            pattern: order.pattern, ratePerSecond: order.ratePerSecond,
            overridesCritical: order.overrideCritical ?? false, setBy: asker.name, reason: order.reason,
            setAt: clock.now, expiresAt: clock.now.advanced(by: order.time))
    }

    private func words(of pattern: RoomPattern) async -> String {
        let rule = await target.throttles().items.first { $0.rule.pattern == pattern }?.rule
        return rule.map { "\($0.ratePerSecond)/s until \($0.expiresAt)" } ?? "not throttled"
    }
}

// MARK: - Broadcast

extension ActRoutes {
    /// The same id again publishes nothing twice: the stream's script knows it, and clients got it once.
    func broadcast(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order: BroadcastOrder = try await body(of: request)
        let (id, audience) = try order.parts()
        let mutation = Mutation(
            action: "broadcast", target: audience.words, place: .single, role: .operator, reason: order.reason,
            before: id.rawValue)
        return try await mutations.perform(mutation, request, context) { _ in
            let message = OperatorMessage(order, id, to: audience, now: clock.now)
            let receipt = try receipt(id, audience, await target.publish(message))
            return (receipt, receipt.outcome.rawValue)
        }
    }

    private func receipt(
        _ id: BroadcastID, _ audience: BroadcastTarget, _ outcome: PublicationOutcome
    ) throws -> BroadcastReceipt {
        var receipt = BroadcastReceipt(
            worker: worker, messageID: id.rawValue, outcome: .published, criticality: criticality(of: id, audience))
        switch outcome {
        case .published: break
        case .degraded: receipt.outcome = .degraded
        case .streamed(let publication):
            receipt.outcome = publication.isDuplicate ? .duplicate : .streamed
            receipt.offset = publication.position.offset.description
        case .unavailable, .throttled:
            throw AdminError(
                .unavailable, "Redis did not confirm the message; send it again with --message-id \(id)")
        }
        return receipt
    }

    private func criticality(of id: BroadcastID, _ audience: BroadcastTarget) -> Criticality {
        guard case .room(let room) = audience else { return id.criticality }
        return min(id.criticality, target.criticalityRules.criticality(of: room))
    }
}

extension BroadcastTarget {
    /// For the audit.
    fileprivate var words: String {
        switch self {
        case .room(let room): "room \(room)"
        case .role(let role): "role \(role)"
        case .user(let user): "user \(user)"
        case .everyone: "everyone"
        }
    }
}

// MARK: - Breakers and connections

extension ActRoutes {
    func holdBreaker(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order: BreakerOrder = try await body(of: request)
        let mutation = Mutation(
            action: "breaker \(order.mode.rawValue)", target: "\(worker) \(order.name.rawValue)",
            place: order.mode == .auto ? .restoring : .single, role: .admin, reason: order.reason,
            before: words(of: order.name))
        return try await mutations.perform(mutation, request, context) { asker in
            breakers.hold(order.name, order.override(by: asker.name, at: clock.now))
            let items = breakers.reports.map {
                BreakersReport.Item(breaker: $0, history: breakers.history($0.name))
            }
            return (BreakersReport(worker: worker, items: items), words(of: order.name))
        }
    }

    private func words(of name: BreakerName) -> String {
        guard let report = breakers.reports.first(where: { $0.name == name }) else { return "unknown" }
        return report.state.rawValue + (report.override.map { ", held by \($0.by) until \($0.until)" } ?? "")
    }

    func kick(_ request: Request, _ context: AdminContext) async throws -> Response {
        let order: KickOrder = try await body(of: request)
        let known = await target.connection(order.connectionID)
        let mutation = Mutation(
            action: "kick", target: order.connectionID, place: .single, role: .operator, reason: order.reason,
            before: known.map { "\($0.userID ?? "anonymous") from \($0.remoteAddress)" } ?? "not here")
        return try await mutations.perform(mutation, request, context) { _ in
            if let user = order.userID, let known, known.userID != user {
                throw AdminError(.conflict, "\(order.connectionID) is not a connection of \(SafeText(user))")
            }
            let (code, words): (CloseCode, String) =
                order.mayReturn ?? false
                ? (.dismissed, "closed by an operator; connect again") : (.forbidden, "sent away by an operator")
            guard let connection = await target.kick(order.connectionID, code, reason: words) else {
                throw AdminError(.notFound, "\(SafeText(order.connectionID)) is not connected to \(worker) any more")
            }
            return (
                KickReport(worker: worker, connection: connection, closeCode: code.rawValue),
                "closed with \(code.rawValue)"
            )
        }
    }
}
