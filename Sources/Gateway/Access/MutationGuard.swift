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

    /// - Parameter act: does it, and says in words how things stand afterwards.
    /// - Throws: `AdminError`: `denied`, `safety_engaged`, `fenced`, `operation_required`, `audit_unavailable`, or what
    ///   `act` throws.
    func perform<Answer: Encodable>(
        _ mutation: Mutation, _ request: Request, _ context: AdminContext,
        _ act: (Asker) async throws -> (answer: Answer, after: String)
    ) async throws -> Response {
        let asker = try await access.asker(of: request, context)
        guard let role = asker.role, role >= mutation.role else {
            try await audit.denied(mutation, by: asker)
            throw AdminError(
                .denied,
                "\(mutation.action) needs the role \(mutation.role.rawValue); \(asker.name) is "
                    + "\(asker.role?.rawValue ?? "not known to this worker")")
        }
        let order = try await admitted(mutation, request)
        let entry = try await audit.begin(mutation, by: asker, operation: order)
        do {
            let done = try await act(asker)
            await audit.end(entry, outcome: "done", after: done.after)
            return try AdminAnswer.json(done.answer)
        } catch {
            await audit.end(entry, outcome: "failed: \(error)", after: nil)
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

/// Who asks, as the worker found out.
struct Asker: Sendable, Equatable {
    /// The user the operating system named, or the SAN URI of a certificate.
    var name: String
    /// Where from, in words.
    var origin: String
    /// What its rules grant, before the session lowered it.
    var granted: AccessRole?
    var role: AccessRole?
}

/// Decides who asks and which role they have.
protocol AccessJudge: Sendable {
    func asker(of request: Request, _ context: AdminContext) async throws -> Asker
}

/// Writes down every act before it happens, and what came of it.
protocol AuditTrail: Sendable {
    /// - Throws: `AdminError.auditUnavailable`: what cannot be written down does not happen.
    func begin(_ mutation: Mutation, by asker: Asker, operation: String?) async throws -> AuditEntry
    func end(_ entry: AuditEntry, outcome: String, after: String?) async
    func denied(_ mutation: Mutation, by asker: Asker) async throws
}

/// Names the record of an act that has begun.
struct AuditEntry: Sendable, Equatable {
    var sequence: Int
    var mutation: String
}

extension Request {
    /// The operation that an order is given for.
    var operation: (id: String, fence: Int)? {
        guard let id = value(of: AdminHeader.operation), let fence = value(of: AdminHeader.fence).flatMap({ Int($0) })
        else { return nil }
        return (id, fence)
    }

    private func value(of header: String) -> String? { HTTPField.Name(header).flatMap { headers[$0] } }
}
