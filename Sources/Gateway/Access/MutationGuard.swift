import AdminAPI
import FleetModel
import HTTPTypes
import Hummingbird

/// The one way by which an admin request changes something: the role is checked, the lever and the fencing token are
/// checked, the audit is written, the act happens, and its outcome is written.
struct MutationGuard: Sendable {
    let access: any AccessJudge
    let audit: any AuditTrail
    let operations: any OperationStore

    /// Lets a request in to a route, or refuses it with the role that is needed.
    /// - Throws: `AdminError.denied`, which is written down.
    func admit(_ route: AdminRoute, _ request: Request, _ context: AdminContext) async throws {
        let method = request.method.rawValue
        guard let needed = route.role(for: method) else { return }
        let asker = try await access.asker(of: request, context)
        do throws(AdminError) {
            try asker.require(needed, for: "\(method) \(route.rawValue)")
        } catch {
            let attempt = Mutation(
                action: "\(method) \(route.rawValue)", target: "", place: .single, role: needed, reason: nil, before: ""
            )
            await audit.denied(attempt, by: asker, because: error.message)
            throw error
        }
    }

    /// - Parameters:
    ///   - isRenewal: of an act that stands in the audit already and goes on: it is admitted like any other, and not
    ///     written again.
    ///   - act: does it, and says in words how things stand afterwards.
    /// - Throws: `AdminError`: `denied`, `safety_engaged`, `fenced`, `operation_required`, `audit_unavailable`, or what
    ///   `act` throws.
    func perform<Answer: Encodable>(
        _ mutation: Mutation, _ request: Request, _ context: AdminContext, isRenewal: Bool = false,
        _ act: (Asker) async throws -> (answer: Answer, after: String)
    ) async throws -> Response {
        let asker = try await access.asker(of: request, context)
        let order: String?
        do {
            try asker.require(mutation.role, for: mutation.action)
            order = try await admitted(mutation, request)
        } catch {
            await audit.denied(mutation, by: asker, because: "\((error as? AdminError)?.message ?? "\(error)")")
            throw error
        }
        if isRenewal { return try AdminAnswer.json(try await act(asker).answer) }
        let entry = try await audit.begin(mutation, by: asker, operation: order)
        do {
            let done = try await act(asker)
            await audit.end(entry, outcome: "done", after: done.after)
            return try AdminAnswer.json(done.answer)
        } catch {
            await audit.end(entry, outcome: "failed: \((error as? AdminError)?.message ?? "\(error)")", after: nil)
            throw error
        }
    }

    /// - Returns: the operation that the request belongs to.
    private func admitted(_ mutation: Mutation, _ request: Request) async throws -> String? {
        switch mutation.place {
        case .restoring: return request.operation?.id
        case .single:
            try await checkLever(for: mutation)
            return request.operation?.id
        case .disruptive:
            try await checkLever(for: mutation)
            return try await checkFence(of: request, for: mutation)
        }
    }

    private func checkLever(for mutation: Mutation) async throws {
        let safety = try await operations.safety()
        guard safety.engaged else { return }
        throw AdminError(
            .safetyEngaged,
            "\(mutation.action) is blocked: \(safety.by ?? "somebody") engaged the safety lever"
                + (safety.reason.map { " (\($0))" } ?? "") + "; an admin releases it with: gadtop safety release")
    }

    private func checkFence(of request: Request, for mutation: Mutation) async throws -> String {
        guard let order = request.operation else {
            throw AdminError(
                .operationRequired, "\(mutation.action) is part of an operation only: gadtop starts and leads one")
        }
        guard let holder = try await operations.holder(), holder.id == order.id, holder.fence == order.fence else {
            throw AdminError(
                .fenced, "operation \(order.id) does not lead the fleet any more; see: gadtop operations list")
        }
        return order.id
    }
}

extension Request {
    /// The operation that an order is given for.
    var operation: (id: String, fence: Int)? {
        guard let id = value(of: AdminHeader.operation), let fence = value(of: AdminHeader.fence).flatMap({ Int($0) })
        else { return nil }
        return (id, fence)
    }

    func value(of header: String) -> String? { HTTPField.Name(header).flatMap { headers[$0] } }
}
