import FleetModel

/// Whom an operator's message is for.
package enum BroadcastTarget: Sendable, Equatable {
    case room(RoomName)
    case role(String)
    case user(String)
    case everyone
}

/// Names one message of an operator. Whoever sends it makes it once, and repeats it with every try; it carries the
/// class, so that every worker knows it of whatever way the message came.
package struct BroadcastID: Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String
    package let criticality: Criticality

    /// Clients cannot publish under such an id.
    package static let prefix = "gad-op-"
    private static let letters: [(letter: String, criticality: Criticality)] = [
        ("c", .critical), ("i", .important), ("b", .bestEffort),
    ]
    private static let lengths = 8...64

    /// - Returns: nil for text that is not `gad-op-`, the letter of a class, `-`, and 8 to 64 of `A-Za-z0-9-`.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let known = Self.letters.first(where: { $0.letter == parts[0] }),
            Self.lengths.contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        rawValue = text
        criticality = known.criticality
    }

    /// - Parameter unique: what makes it differ from all others, such as a UUID.
    package init?(_ criticality: Criticality, unique: String) {
        guard let letter = Self.letters.first(where: { $0.criticality == criticality })?.letter else { return nil }
        self.init("\(Self.prefix)\(letter)-\(unique)")
    }

    package var description: String { rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// The body of `POST /v1/broadcast`: exactly one of room, role, user and all says whom it is for.
package struct BroadcastOrder: Sendable, Equatable, Codable {
    package var messageID: String
    package var room: RoomName?
    package var role: String?
    package var user: String?
    package var all: Bool?
    package var message: String
    package var eventType: String?
    /// Whether clients are told that an acknowledgement is awaited.
    package var requireAck: Bool?
    package var reason: String?

    package static let standardEventType = "broadcast"
    /// More than an announcement takes; the gateway's own bound on messages is larger.
    package static let maximumMessageBytes = 4_096
    package static let maximumNameBytes = 128

    package init(
        _ id: BroadcastID, to target: BroadcastTarget, message: String, eventType: String? = nil,
        requireAck: Bool? = nil, reason: String? = nil
    ) {
        messageID = id.rawValue
        self.message = message
        self.eventType = eventType
        self.requireAck = requireAck
        self.reason = reason
        switch target {
        case .room(let room): self.room = room
        case .role(let role): self.role = role
        case .user(let user): self.user = user
        case .everyone: all = true
        }
    }

    /// nil where it is not one.
    package var target: BroadcastTarget? {
        switch (room, role, user, all ?? false) {
        case (let room?, nil, nil, false): .room(room)
        case (nil, let role?, nil, false): .role(role)
        case (nil, nil, let user?, false): .user(user)
        case (nil, nil, nil, true): .everyone
        default: nil
        }
    }

    private enum CodingKeys: String, CodingKey {
        case room, role, user, all, message, reason
        case messageID = "message_id"
        case eventType = "event_type"
        case requireAck = "require_ack"
    }
}

/// The answer to `POST /v1/broadcast`; `GET /v1/acks?message_id=` of each worker tells how it goes on.
package struct BroadcastReceipt: Sendable, Equatable, Codable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// Every worker has it, or will.
        case published
        /// It is in its room's stream, and every worker has it, or will.
        case streamed
        /// The stream had it already; nothing was published again.
        case duplicate
        /// Redis is away: only clients of this worker have it.
        case degraded
    }

    package var worker: WorkerID
    package var messageID: String
    package var outcome: Outcome
    package var criticality: Criticality
    /// Its place in the room's stream, where it is in one.
    package var offset: String?

    package init(
        worker: WorkerID, messageID: String, outcome: Outcome, criticality: Criticality, offset: String? = nil
    ) {
        self.worker = worker
        self.messageID = messageID
        self.outcome = outcome
        self.criticality = criticality
        self.offset = offset
    }

    private enum CodingKeys: String, CodingKey {
        case worker, outcome, offset
        case messageID = "message_id"
        case criticality = "class"
    }
}
