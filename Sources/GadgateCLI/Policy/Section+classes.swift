import FleetModel
import Gateway

extension FileSection where Value == ClassPolicies {
    static let classes = FileSection(
        [
            Field("critical", \.critical, .classPolicy),
            Field("important", \.important, .classPolicy),
            Field("best_effort", \.bestEffort, .classPolicy),
        ], check: checkCritical)

    /// A critical message is delivered, or its client is closed and resumes: it is never left out in silence.
    @Sendable private static func checkCritical(_ classes: ClassPolicies, _ file: FileValue) throws {
        guard classes.critical.drop == .close else {
            throw file.refusal(
                at: "critical", "drop",
                words: "\"\(classes.critical.drop.rawValue)\" would lose critical messages: critical allows close only")
        }
        guard classes.critical.rate == nil else {
            throw file.refusal(
                at: "critical", "rate", words: "a rate would lose critical messages: critical allows none only")
        }
    }
}

extension FileSection where Value == ClassPolicy {
    fileprivate static let classPolicy = FileSection(
        [
            Field("heartbeat_interval", \.heartbeatInterval, .time(.seconds(1)...(.seconds(3_600)))),
            Field("heartbeat_timeout", \.heartbeatTimeout, .time(.milliseconds(100)...(.seconds(600)))),
            Field("queue_bytes", \.queueBytes, .size(.kibibytes(4)...(.mebibytes(1_024)))),
            Field("queue_messages", \.queueMessages, .integer(1...1_000_000)),
            Field("drop", \.drop, .choice),
            Field("rate", \.rate, .optionalInteger(1...1_000_000)),
            Field("delivery", \.guarantee, .choice),
        ], check: checkDelivery)

    /// A client resumes a stream where it was closed; what is left out while it is connected it would not miss.
    @Sendable private static func checkDelivery(_ policy: ClassPolicy, _ file: FileValue) throws {
        guard policy.guarantee == .stream else { return }
        guard policy.drop == .close else {
            throw file.refusal(
                at: "drop",
                words: "\"\(policy.drop.rawValue)\" contradicts \"delivery: stream\", which promises every message: "
                    + "give drop: close")
        }
        guard policy.rate == nil else {
            throw file.refusal(
                at: "rate",
                words: "a rate contradicts \"delivery: stream\", which promises every message: give rate: none")
        }
    }
}
