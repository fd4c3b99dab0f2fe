import AdminAPI
import FleetModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What each route of the admin API answers.
struct AdminRoutes: Sendable {
    let identity: @Sendable () async -> WorkerIdentity
    let samples: SampleSource
    let monitor: HealthMonitor
    let drain: DrainController
    let shedding: ShedController
    let directory: any ConnectionDirectory
    /// Everything that changes something goes through it.
    let mutations: MutationGuard
    let failover: FailoverRoutes
    let acts: ActRoutes
    let operations: OperationRoutes
    let logger: Logger

    /// The longest request is a drain with its reason.
    static let maximumBodyLength = 4_096

    private var shed: ShedRoutes { ShedRoutes(shedding: shedding, gate: mutations, identity: identity) }

    private var inspection: InspectionRoutes { InspectionRoutes(overseer: failover.overseer) }

    func router() -> Router<AdminContext> {
        let router = Router(context: AdminContext.self)
        router.add(middleware: AdminErrorMiddleware(logger: logger))
        for route in AdminRoute.allCases {
            for method in route.methods.compactMap(HTTPRequest.Method.init(rawValue:)) {
                router.on(RouterPath(route.rawValue), method: method) { request, context in
                    try await answer(route, request, context)
                }
            }
        }
        return router
    }

    private func answer(_ route: AdminRoute, _ request: Request, _ context: AdminContext) async throws -> Response {
        try await mutations.admit(route, request, context)
        return try await admitted(route, request, context)
    }

    private func admitted(_ route: AdminRoute, _ request: Request, _ context: AdminContext) async throws -> Response {
        switch route {
        case .identity: try await identity(request)
        case .stats: try await stats(request)
        case .recentStats: try await recentStats(request)
        case .stream: try stream(request)
        case .rooms: try await rooms(request)
        case .connections: try await connections(request)
        case .acks: try await acks(request)
        case .breakers: try breakers(request)
        case .degradation: try degradation(request)
        case .scale: try await scale(request)
        case .drain where request.method == .post: try await startDrain(request, context)
        case .drain: try await drainStatus(request)
        case .undrain: try await undrain(request, context)
        case .redis: try await failover.redis(request)
        case .redisDetails: try await inspection.details(request)
        case .redisKeys: try await inspection.keys(request)
        case .redisFailover: try await failover.failOver(request, context)
        case .redisDrills: try await failover.noteDrill(request, context)
        case .probe where request.method == .post: try await failover.probe(request, context)
        case .probe: try await failover.probes(request)
        case .shed where request.method == .post: try await shed.order(request, context)
        case .shed: try await shed.status(request)
        case .shedStop: try await shed.stop(request, context)
        case .access: try await access(request, context)
        case .audit: try await audit(request)
        case .throttles where request.method == .post: try await acts.setThrottle(request, context)
        case .throttles: try await acts.listThrottles(request)
        case .throttlePreview: try await acts.previewThrottle(request)
        case .throttleClear: try await acts.clearThrottle(request, context)
        case .broadcast: try await acts.broadcast(request, context)
        case .breakerOverride: try await acts.holdBreaker(request, context)
        case .kick: try await acts.kick(request, context)
        case .operations where request.method == .post: try await operations.start(request, context)
        case .operations: try await operations.list(request)
        case .operationProgress: try await operations.progress(request, context)
        case .operationCancel: try await operations.cancel(request, context)
        case .operationTakeover: try await operations.takeOver(request, context)
        case .safety where request.method == .post: try await operations.setSafety(request, context)
        case .safety: try await operations.safety(request)
        case .openAPI: AdminAnswer.response(.ok, body: OpenAPI.document)
        }
    }
}

// MARK: - Reading

extension AdminRoutes {
    private func identity(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await identity())
    }

    private func stats(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await samples.recent().sample)
    }

    private func stream(_ request: Request) throws -> Response {
        let query = try AdminQuery(request, allowed: ["interval_ms"])
        let interval = try query.integer(
            "interval_ms", in: SampleStream.intervals, standard: SampleStream.standardInterval)
        return SampleStream(source: samples, format: format(request), interval: .milliseconds(interval)).response()
    }

    private func recentStats(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        let format = format(request)
        return Response(
            status: .ok, headers: [.contentType: format.rawValue, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: try await samples.pair(format)))
    }

    private func format(_ request: Request) -> SampleFormat {
        (request.headers[.accept] ?? "").contains(SampleFormat.compact.rawValue) ? .compact : .jsonLines
    }

    private func breakers(_ request: Request) throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(monitor.breakersReport)
    }

    private func degradation(_ request: Request) throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(monitor.degradationStatus)
    }

    private func scale(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(monitor.scale(await samples.recent()))
    }

    private func rooms(_ request: Request) async throws -> Response {
        let query = try AdminQuery(
            request, allowed: ["prefix", "pattern", "order", "after", "limit", "cursor"])
        let order = try query.choice("order", standard: RoomListOrder.connections)
        return try AdminAnswer.json(
            await directory.rooms(
                query.roomFilter(), order: order, after: query.roomPosition(order), limit: query.limit()))
    }

    private func connections(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: AdminQuery.selectors + ["order", "limit", "cursor"])
        return try AdminAnswer.json(
            await directory.connections(
                query.selector(), order: query.choice("order", standard: .id), after: query.text("cursor"),
                limit: query.limit()))
    }

    private func acks(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: ["message_id", "limit", "cursor"])
        return try AdminAnswer.json(
            await directory.acks(query.text("message_id"), after: query.text("cursor"), limit: query.limit()))
    }
}

// MARK: - Access and audit

extension AdminRoutes {
    private func access(_ request: Request, _ context: AdminContext) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        let asker = try await mutations.access.asker(of: request, context)
        return try AdminAnswer.json(
            AccessReport(
                worker: await identity().worker, identity: asker.name, origin: asker.origin, granted: asker.granted,
                effective: asker.role))
    }

    private func audit(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: ["limit", "cursor"])
        let cursor = try query.text("cursor").map { text in
            guard let sequence = Int(text), sequence > 0 else {
                throw AdminError(.badRequest, "the cursor \"\(text)\" is not one of the audit's")
            }
            return sequence
        }
        return try AdminAnswer.json(try await mutations.audit.page(before: cursor, limit: query.limit()))
    }
}

// MARK: - Draining

extension AdminRoutes {
    private func drainStatus(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await report())
    }

    private func startDrain(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted = try DrainRequest.read(try await request.body.collect(upTo: Self.maximumBodyLength))
        let mutation = await mutation("drain", .disruptive, reason: wanted.reason)
        return try await mutations.perform(mutation, request, context) { asker in
            try await drain.start(wanted.order(requestedBy: asker.name))
            return await outcome()
        }
    }

    private func undrain(_ request: Request, _ context: AdminContext) async throws -> Response {
        let wanted = try UndrainRequest.read(try await request.body.collect(upTo: Self.maximumBodyLength))
        let mutation = await mutation("undrain", .restoring, reason: wanted.reason)
        return try await mutations.perform(mutation, request, context) { asker in
            do {
                try await drain.undrain(requestedBy: asker.name, reason: wanted.reason)
            } catch let refusal as DrainRefusal {
                throw refusal
            } catch {
                throw AdminError(.unavailable, "the worker cannot accept again yet: \(error); it tries every second")
            }
            return await outcome()
        }
    }

    private func mutation(_ action: String, _ place: Mutation.Place, reason: String?) async -> Mutation {
        let worker = await identity()
        return Mutation(
            action: action, target: worker.worker.rawValue, place: place, role: .operator, reason: reason,
            before: worker.state.rawValue)
    }

    private func outcome() async -> (answer: DrainReport, after: String) {
        let report = await report()
        return (report, report.state.rawValue)
    }

    private func report() async -> DrainReport {
        let worker = await identity()
        return DrainReport(worker: worker.worker, state: worker.state, drain: await drain.status)
    }
}
