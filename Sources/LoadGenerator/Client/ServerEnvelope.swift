import FoundationEssentials

/// What a server says to a client by itself, as opposed to the messages it delivers.
enum ServerEnvelope: Equatable {
    /// Each by the id the server gave, where it gave one.
    case acknowledgement(connection: String?, worker: String?)
    case subscribed
    /// Reconnect at a random moment within this time, to another worker than the one named.
    case reconnect(within: Duration, avoid: String?)
    case ping
    /// The server took a message that the client published.
    case published(message: String?)
    case error(code: String, message: String?)
    /// Somebody else's message, delivered to us.
    case delivered

    /// The wait when a server leaves out how long.
    static let defaultWait: Duration = .seconds(5)
    /// No server needs its clients to stay longer than this once it wants them gone.
    static let maximumWait: Duration = .seconds(3600)

    /// - Returns: nil for what is no envelope.
    init?(json: [UInt8]) {
        // Whatever is wrong with it, it is no envelope; the caller counts those.
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(json)) else { return nil }
        let data = envelope.data
        switch envelope.eventType {
        case "connection_ack": self = .acknowledgement(connection: data?.connectionID, worker: data?.worker)
        case "subscribed": self = .subscribed
        case "reconnect":
            let wait = data?.withinMilliseconds.map { Duration.milliseconds(max(0, $0)) } ?? Self.defaultWait
            self = .reconnect(within: min(wait, Self.maximumWait), avoid: data?.avoidWorker)
        case "ping": self = .ping
        case "published": self = .published(message: data?.messageID)
        case "error": self = .error(code: data?.code ?? "unnamed", message: data?.messageID)
        default: self = .delivered
        }
    }

    private struct Envelope: Decodable {
        let eventType: String
        let data: Fields?

        enum CodingKeys: String, CodingKey {
            case eventType = "event_type"
            case data
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            eventType = try container.decode(String.self, forKey: .eventType)
            // Delivered messages may have data of any shape, which is none of ours.
            data = try? container.decodeIfPresent(Fields.self, forKey: .data)
        }
    }

    private struct Fields: Decodable {
        let connectionID, worker, avoidWorker, code, messageID: String?
        let withinMilliseconds: Int64?

        enum CodingKeys: String, CodingKey {
            case worker, code
            case connectionID = "connection_id"
            case avoidWorker = "avoid_worker"
            case messageID = "message_id"
            case withinMilliseconds = "within_ms"
        }
    }
}
