import AdminAPI
import Hummingbird

/// Answers what a view of Redis asks a worker beyond the topology.
struct InspectionRoutes: Sendable {
    /// nil on a worker without Redis.
    let overseer: (any RedisOverseer)?

    func details(_ request: Request) async throws -> Response {
        _ = try AdminQuery(request, allowed: [])
        return try AdminAnswer.json(await present().details())
    }

    func keys(_ request: Request) async throws -> Response {
        let query = try AdminQuery(request, allowed: ["kind", "limit"])
        let limit = try query.integer(
            "limit", in: 1...RedisKeyReport.maximumLimit, standard: RedisKeyReport.standardLimit)
        return try AdminAnswer.json(await present().keys(query.choice("kind", standard: .big), limit: limit))
    }

    private func present() throws(AdminError) -> any RedisOverseer {
        guard let overseer else { throw AdminError(.unavailable, "this worker stands on no Redis") }
        return overseer
    }
}
