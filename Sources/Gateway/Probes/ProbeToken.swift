import FleetModel
import NIOCore

/// One numbered probe message; as text it is also its message id.
struct ProbeToken: Equatable, Sendable {
    /// The operation that it is for.
    var drill: String
    /// Tells a worker's process from the one before it.
    var run: String
    var number: Int
    /// When it was sent first, by its sender's clock.
    var sentAt: UnixTime
    var sender: WorkerID

    /// Such as `probe/4f2a/9x1/12/1795457902000000/gw-w0`.
    var text: String { "probe/\(drill)/\(run)/\(number)/\(sentAt.microseconds)/\(sender)" }

    init(drill: String, run: String, number: Int, sentAt: UnixTime, sender: WorkerID) {
        self.drill = drill
        self.run = run
        self.number = number
        self.sentAt = sentAt
        self.sender = sender
    }

    /// - Returns: nil for what is no probe.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "probe", let number = Int(parts[3]), number > 0,
            let sentAt = Int64(parts[4]), !parts[5].isEmpty
        else { return nil }
        self.init(
            drill: String(parts[1]), run: String(parts[2]), number: number,
            sentAt: UnixTime(microseconds: sentAt), sender: WorkerID(String(parts[5])))
    }

    /// As a message of a critical room has it.
    var envelope: ByteBuffer {
        var fields = JSONFields()
        fields.add("event_type", "probe")
        fields.add("message_id", text)
        fields.add("timestamp", sentAt.description)
        return ByteBuffer(string: fields.text)
    }
}
