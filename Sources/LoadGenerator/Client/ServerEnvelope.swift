import FoundationEssentials

/// What a server says to a client by itself, as opposed to the messages it delivers.
enum ServerEnvelope: Equatable {
    /// Each by the id the server gave, where it gave one.
    case acknowledgement(connection: String?, worker: String?)
    /// Where the streams of the rooms stand that are kept in one, by room.
    case subscribed(positions: [String: StreamPosition])
    case resumed(ResumeAnswer)
    /// Reconnect when this time is over, to another worker than the one named.
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
    init?(json: UnsafeRawBufferPointer) {
        // Whatever is wrong with it, it is no envelope; the caller counts those.
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(json)) else { return nil }
        let data = envelope.data
        switch envelope.eventType {
        case "connection_ack": self = .acknowledgement(connection: data?.connectionID, worker: data?.worker)
        case "subscribed": self = .subscribed(positions: envelope.positions ?? data?.streamPositions ?? [:])
        case "resumed":
            guard let answer = data?.resumeAnswer else { return nil }
            self = .resumed(answer)
        case "reconnect":
            let wait = data?.withinMilliseconds.map { Duration.milliseconds(max(0, $0)) } ?? Self.defaultWait
            self = .reconnect(within: min(wait, Self.maximumWait), avoid: data?.avoidWorker)
        case "ping": self = .ping
        case "published": self = .published(message: data?.messageID)
        case "error": self = .error(code: data?.code ?? "unnamed", message: data?.messageID)
        default: self = .delivered
        }
    }
}

/// What a server answers to a client that resumes a room.
package struct ResumeAnswer: Sendable, Equatable {
    package var room: String
    /// Every message since the client's position follows; otherwise none does.
    package var isRecovered: Bool
    package var count: Int
    /// Where the room stands; nil when the server did not say.
    package var position: StreamPosition?
}

// MARK: - As JSON

private struct Envelope: Decodable {
    let eventType: String
    let data: Fields?
    /// At the top as well as among the data, for both are plain to read.
    let positions: [String: StreamPosition]?

    enum CodingKeys: String, CodingKey {
        case eventType = "event_type"
        case data, positions
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        eventType = try container.decode(String.self, forKey: .eventType)
        // Delivered messages may have data of any shape, which is none of ours.
        data = try? container.decodeIfPresent(Fields.self, forKey: .data)
        let places = try? container.decodeIfPresent([String: Place].self, forKey: .positions)
        positions = places?.compactMapValues(\.position)
    }
}

private struct Place: Decodable {
    let offset, epoch: String

    var position: StreamPosition? { StreamPosition(offset: offset, epoch: epoch) }
}

private struct Fields: Decodable {
    let connectionID, worker, avoidWorker, code, messageID, room, offset, epoch: String?
    let withinMilliseconds: Int64?
    let recovered: Bool?
    let count: Int?
    let positions: [String: Place]?

    enum CodingKeys: String, CodingKey {
        case worker, code, room, offset, epoch, recovered, count, positions
        case connectionID = "connection_id"
        case avoidWorker = "avoid_worker"
        case messageID = "message_id"
        case withinMilliseconds = "within_ms"
    }

    var streamPositions: [String: StreamPosition]? { positions?.compactMapValues(\.position) }

    var resumeAnswer: ResumeAnswer? {
        guard let room, let recovered else { return nil }
        let position = offset.flatMap { offset in epoch.flatMap { StreamPosition(offset: offset, epoch: $0) } }
        return ResumeAnswer(room: room, isRecovered: recovered, count: count ?? 0, position: position)
    }
}
