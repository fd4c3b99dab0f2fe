import AdminAPI
import FleetModel
import NIOCore

/// The body of an act that cannot do without one: every part is checked before anything happens.
protocol ActBody: Decodable {
    /// What the act is called in a sentence, as "a throttle".
    static var subject: String { get }
    static var keys: [String] { get }

    /// - Throws: `AdminError`, saying which value is wrong.
    func check() throws(AdminError)
}

extension ActBody {
    /// - Throws: `AdminError`, saying which key or value is wrong.
    static func read(_ body: ByteBuffer) throws -> Self {
        let bytes = Array(body.readableBytesView)
        do {
            if let unknown = try AdminJSON.decode(KeysOnly.self, from: bytes).keys.first(where: { !keys.contains($0) })
            {
                throw AdminError(
                    .badRequest,
                    "there is no \"\(SafeText(unknown))\" in \(subject); it takes \(keys.joined(separator: ", "))")
            }
            let value = try AdminJSON.decode(Self.self, from: bytes)
            try value.check()
            return value
        } catch let error as DecodingError {
            throw AdminError(.badRequest, "the body is not \(subject) in JSON: \(error.words)")
        }
    }
}

extension ThrottleOrder: ActBody {
    static let subject = "a throttle"
    static let keys = ["pattern", "rate_per_second", "for_seconds", "override_critical", "reason"]

    func check() throws(AdminError) {
        guard ThrottleLimits.rates.contains(ratePerSecond) else {
            throw AdminError(.badRequest, "rate_per_second is from 0.01 to 1000000 messages a second")
        }
        try ActCheck.time(forSeconds, ThrottleLimits.longestTime)
        try ReasonCheck.check(reason)
    }

    var time: Duration { forSeconds.map { .seconds($0) } ?? ThrottleLimits.standardTime }
}

extension ThrottleClearOrder: ActBody {
    static let subject = "the end of a throttle"
    static let keys = ["pattern", "reason"]

    func check() throws(AdminError) { try ReasonCheck.check(reason) }
}

extension BroadcastOrder: ActBody {
    static let subject = "a broadcast"
    static let keys = [
        "message_id", "room", "role", "user", "all", "message", "event_type", "require_ack", "reason",
    ]

    func check() throws(AdminError) {
        guard (1...Self.maximumMessageBytes).contains(message.utf8.count) else {
            throw AdminError(.badRequest, "message is 1 to \(Self.maximumMessageBytes) bytes of text")
        }
        let names = [role, user, eventType].compactMap { $0 }
        guard names.allSatisfy({ (1...Self.maximumNameBytes).contains($0.utf8.count) && SafeText($0).text == $0 })
        else {
            throw AdminError(
                .badRequest, "role, user and event_type are 1 to \(Self.maximumNameBytes) bytes of printable text")
        }
        try ReasonCheck.check(reason)
    }

    /// - Throws: `AdminError`, saying what is missing.
    func parts() throws(AdminError) -> (id: BroadcastID, target: BroadcastTarget) {
        guard let id = BroadcastID(messageID) else {
            throw AdminError(
                .badRequest,
                "message_id is \(BroadcastID.prefix), c, i or b for the class, and - with 8 to 64 of A-Za-z0-9-")
        }
        guard let target else {
            throw AdminError(.badRequest, "exactly one of room, role, user and all says whom the message is for")
        }
        return (id, target)
    }
}

extension BreakerOrder: ActBody {
    static let subject = "an override of a breaker"
    static let keys = ["name", "mode", "for_seconds", "reason"]

    func check() throws(AdminError) {
        try ActCheck.time(forSeconds, BreakerLimits.longestTime)
        try ReasonCheck.check(reason)
    }

    func override(by name: String, at now: UnixTime) -> BreakerOverride? {
        let until = now.advanced(by: forSeconds.map { .seconds($0) } ?? BreakerLimits.standardTime)
        switch mode {
        case .open: return BreakerOverride(state: .open, by: name, reason: reason, until: until)
        case .closed: return BreakerOverride(state: .closed, by: name, reason: reason, until: until)
        case .auto: return nil
        }
    }
}

extension KickOrder: ActBody {
    static let subject = "a kick"
    static let keys = ["connection_id", "user_id", "may_return", "reason"]

    func check() throws(AdminError) { try ReasonCheck.check(reason) }
}

/// Checks that acts have in common.
private enum ActCheck {
    static func time(_ seconds: Double?, _ longest: Duration) throws(AdminError) {
        guard let seconds, !(seconds >= 1 && seconds <= longest.inSeconds) else { return }
        throw AdminError(.badRequest, "for_seconds is from 1 to \(Int(longest.inSeconds))")
    }
}
