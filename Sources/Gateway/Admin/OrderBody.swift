import AdminAPI
import FleetModel
import NIOCore

/// The JSON body of an order. What it leaves out takes the default; a key that it does not know is refused.
protocol OrderBody: Decodable {
    /// What the order is called in a sentence, as "a drain".
    static var subject: String { get }
    static var keys: [String] { get }

    init()

    /// - Throws: `AdminError` or `DrainRefusal`, saying which value is wrong.
    func checked() throws -> Self
}

extension OrderBody {
    /// Reads the body of a request; an empty one asks for the defaults.
    /// - Throws: `AdminError`, saying which key is wrong.
    static func read(_ body: ByteBuffer) throws -> Self {
        if body.readableBytes == 0 { return Self() }
        let bytes = Array(body.readableBytesView)
        do {
            if let unknown = try AdminJSON.decode(KeysOnly.self, from: bytes).keys.first(where: { !keys.contains($0) })
            {
                throw AdminError(
                    .badRequest, "there is no \"\(unknown)\" in \(subject); it takes \(keys.joined(separator: ", "))")
            }
            return try AdminJSON.decode(Self.self, from: bytes).checked()
        } catch let error as DecodingError {
            throw AdminError(.badRequest, "the body is not \(subject) in JSON: \(error.words)")
        }
    }
}

/// What a reason must be like, whatever it is the reason for.
enum ReasonCheck {
    /// - Throws: `AdminError` for a reason that is not to be shown to everyone who looks.
    static func check(_ reason: String?) throws(AdminError) {
        guard let reason else { return }
        let longest = DrainRequest.maximumReasonLength
        guard reason.count <= longest, SafeText(reason).text == reason else {
            throw AdminError(.badRequest, "the reason is not up to \(longest) printable characters on one line")
        }
    }
}

extension DrainRequest: OrderBody {
    static let subject = "a drain"
    static let keys = ["rate_per_second", "deadline_seconds", "reason"]

    init() { self.init(ratePerSecond: nil) }

    func order(requestedBy user: String) -> DrainOrder {
        DrainOrder(
            cause: .operator, requestedBy: user, reason: reason, ratePerSecond: ratePerSecond,
            deadline: deadlineSeconds.map { .seconds($0) })
    }

    func checked() throws -> DrainRequest {
        if let deadlineSeconds, !(deadlineSeconds > 0 && deadlineSeconds <= DrainLimits.longestDeadline.inSeconds) {
            // A larger number would not fit a `Duration`.
            throw DrainRefusal.invalidDeadline
        }
        try ReasonCheck.check(reason)
        return self
    }
}

extension UndrainRequest: OrderBody {
    static let subject = "an undrain"
    static let keys = ["reason"]

    init() { self.init(reason: nil) }

    func checked() throws -> UndrainRequest {
        try ReasonCheck.check(reason)
        return self
    }
}

extension ShedStopRequest: OrderBody {
    static let subject = "an end of shedding"
    static let keys = ["reason"]

    init() { self.init(reason: nil) }

    func checked() throws -> ShedStopRequest {
        try ReasonCheck.check(reason)
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
    /// Which part of a body is wrong, and how.
    var words: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return "unreadable"
        }
    }
}
