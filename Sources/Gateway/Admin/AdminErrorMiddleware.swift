import AdminAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns everything that goes wrong in a route, and every request without one, into an `AdminError` body.
struct AdminErrorMiddleware: RouterMiddleware {
    typealias Context = AdminContext

    let logger: Logger

    func handle(
        _ request: Request, context: AdminContext, next: (Request, AdminContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as AdminError {
            return AdminAnswer.error(error)
        } catch let refusal as DrainRefusal {
            return AdminAnswer.error(AdminError(refusal))
        } catch is NIOTooManyBytesError {
            return AdminAnswer.error(Self.tooLarge)
        } catch let error as HTTPError {
            return Self.answer(error, to: request)
        } catch {
            logger.error(
                "admin request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return AdminAnswer.error(AdminError(.internal, "the worker could not answer: \(error); its log says more"))
        }
    }

    private static let tooLarge = AdminError(
        .payloadTooLarge, "the body is longer than \(AdminRoutes.maximumBodyLength) bytes, which no request needs")

    private static func answer(_ error: HTTPError, to request: Request) -> Response {
        let path = request.uri.path
        switch error.status {
        case .notFound: return unknown(path, method: request.method)
        case .contentTooLarge: return AdminAnswer.error(tooLarge)
        default: return AdminAnswer.error(AdminError(.badRequest, error.body ?? error.status.reasonPhrase))
        }
    }

    private static func unknown(_ path: String, method: HTTPRequest.Method) -> Response {
        guard let route = AdminRoute(rawValue: path) else {
            let known = AdminRoute.allCases.map(\.rawValue).joined(separator: ", ")
            return AdminAnswer.error(AdminError(.notFound, "there is no \(path); there are \(known)"))
        }
        let allowed = route.methods.joined(separator: ", ")
        let error = AdminError(.methodNotAllowed, "\(path) takes \(allowed), not \(method.rawValue)")
        return AdminAnswer.error(error, headers: [.allow: allowed])
    }
}
