import AdminAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// Makes responses in the admin API's JSON.
enum AdminAnswer {
    static func json(_ value: some Encodable) throws -> Response {
        response(.ok, body: try AdminJSON.encode(value))
    }

    static func error(_ error: AdminError, headers: HTTPFields = [:]) -> Response {
        // The body has strings only, and a failure to encode them leaves the status to speak.
        let body = (try? AdminJSON.encode(error)) ?? []
        return response(status(of: error.code), body: body, headers: headers)
    }

    static func response(_ status: HTTPResponse.Status, body: [UInt8], headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    private static func status(of code: AdminError.Code) -> HTTPResponse.Status {
        switch code {
        case .badRequest: .badRequest
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .denied: .forbidden
        case .alreadyDraining, .notDraining, .shuttingDown, .operationRunning, .operationRequired, .fenced,
            .planExpired, .planDrifted, .planInvalid, .safetyEngaged, .conflict:
            .conflict
        case .auditUnavailable: .serviceUnavailable
        case .payloadTooLarge: .contentTooLarge
        case .unavailable: .serviceUnavailable
        case .internal: .internalServerError
        }
    }
}

extension AdminError {
    init(_ refusal: DrainRefusal) {
        let code: Code =
            switch refusal {
            case .invalidRate, .invalidDeadline, .unreachable, .tooSlow: .badRequest
            case .alreadyDraining: .alreadyDraining
            case .notDraining: .notDraining
            case .shuttingDown: .shuttingDown
            }
        self.init(code, refusal.description)
    }
}
