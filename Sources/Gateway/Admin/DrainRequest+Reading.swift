import AdminAPI
import FleetModel
import NIOCore

extension DrainRequest {
    /// Reads the body of `POST /v1/drain`; an empty one asks for the defaults.
    /// - Throws: `AdminError`, saying which key is wrong.
    static func read(_ body: ByteBuffer) throws -> DrainRequest {
        if body.readableBytes == 0 { return DrainRequest() }
        let bytes = Array(body.readableBytesView)
        do {
            let keys = try AdminJSON.decode(KeysOnly.self, from: bytes).keys
            if let unknown = keys.first(where: { !known.contains($0) }) {
                throw AdminError(
                    .badRequest, "there is no \"\(unknown)\" in a drain; it takes \(known.joined(separator: ", "))")
            }
            return try AdminJSON.decode(DrainRequest.self, from: bytes).checked()
        } catch let error as DecodingError {
            throw AdminError(.badRequest, "the body is not a drain in JSON: \(error.words)")
        }
    }

    func order(requestedBy user: String) -> DrainOrder {
        DrainOrder(
            cause: .operator, requestedBy: user, reason: reason, ratePerSecond: ratePerSecond,
            deadline: deadlineSeconds.map { .seconds($0) })
    }

    private static let known = ["rate_per_second", "deadline_seconds", "reason"]

    private func checked() throws -> DrainRequest {
        if let deadlineSeconds, !(deadlineSeconds > 0 && deadlineSeconds <= DrainSchedule.longestDeadline.inSeconds) {
            // A larger number would not fit a `Duration`.
            throw DrainRefusal.invalidDeadline
        }
        guard let reason else { return self }
        guard reason.count <= Self.maximumReasonLength, SafeText(reason).text == reason else {
            throw AdminError(
                .badRequest, "the reason is not up to \(Self.maximumReasonLength) printable characters on one line")
        }
        return self
    }
}

/// The names of an object's keys, whatever their values.
private struct KeysOnly: Decodable {
    let keys: [String]

    init(from decoder: any Decoder) throws {
        keys = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
    }

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension DecodingError {
    fileprivate var words: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return "unreadable"
        }
    }
}
