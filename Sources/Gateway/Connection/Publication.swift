import AdminAPI
import FleetModel
import NIOCore

/// An envelope that a client publishes, and the channel it goes to.
struct Publication {
    let channel: BackplaneChannel
    private let envelope: JSONObject
    private let header: EnvelopeHeader

    /// - Throws: `CommandFault`, to be told to the client.
    init(_ command: JSONObject) throws(CommandFault) {
        guard let envelope = command.object("data") else {
            throw CommandFault(.invalidData, "data must be the envelope to publish")
        }
        do {
            header = try EnvelopeHeader(envelope)
        } catch {
            throw CommandFault(error)
        }
        guard header.eventType != nil, !envelope.isAmbiguous("timestamp") else {
            throw CommandFault(.invalidData, "data.event_type must be a string, and data.timestamp occur once")
        }
        guard envelope[StreamStamp.key] == nil else {
            throw CommandFault(.invalidData, "data.\(StreamStamp.key) is the gateway's to set")
        }
        guard header.messageID?.hasPrefix(BroadcastID.prefix) != true else {
            throw CommandFault(
                .invalidData, "a data.message_id that begins with \(BroadcastID.prefix) is an operator's")
        }
        self.envelope = envelope
        channel = Self.channel(for: header)
    }

    /// The envelope to publish: as the client wrote it, with an id and a time where it gave none.
    func completed(now: UnixTime) -> (id: String, payload: ByteBuffer) {
        let id = header.messageID ?? RandomID().description
        var missing: [(key: String, json: String)] = []
        if header.messageID == nil { missing.append(("message_id", JSONString.quoted(id))) }
        if header.timestamp == nil { missing.append(("timestamp", "\"\(now)\"")) }
        return (id, missing.isEmpty ? envelope.text : envelope.replacing(missing))
    }

    func criticality(_ rules: CriticalityRules) -> Criticality {
        Audience.criticality(channel: channel, header: header, rules)
    }

    private static func channel(for header: EnvelopeHeader) -> BackplaneChannel {
        if let topic = header.topic { return .room(topic) }
        if let user = header.targetUser { return .user(user) }
        return header.targetRole.map { .role($0) } ?? .everyone
    }
}

extension CommandFault {
    fileprivate init(_ fault: EnvelopeFault) {
        switch fault {
        case .invalidField(let field): self.init(.invalidData, "data.\(field) is not valid, or occurs twice")
        case .notUTF8, .notAnObject, .contradiction: self.init(.invalidData, "data must be the envelope to publish")
        }
    }
}
