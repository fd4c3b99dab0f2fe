import AdminAPI
import FleetModel
import NIOCore
import WebSocket

/// What single acts of operators are done to: the serving side of a worker.
protocol ActTarget: ThrottleTarget {
    /// Rooms with clients here, and how many.
    func roomCounts() async -> [RoomName: Int]
    /// The rules in force.
    var criticalityRules: CriticalityRules { get }
    func publish(_ message: OperatorMessage) async -> PublicationOutcome
    /// - Returns: the connection with this id; nil where it is not here.
    func connection(_ id: String) async -> ConnectionInfo?
    /// Closes a connection.
    /// - Returns: how it was before; nil where it is not here.
    func kick(_ id: String, _ code: CloseCode, reason: String) async -> ConnectionInfo?
}

/// An operator's message as it is published: an envelope like any client's.
struct OperatorMessage: Sendable, Equatable {
    let id: BroadcastID
    let target: BroadcastTarget
    let payload: ByteBuffer

    init(_ order: BroadcastOrder, _ id: BroadcastID, to target: BroadcastTarget, now: UnixTime) {
        var data = JSONFields()
        data.add("message", order.message)
        if order.requireAck ?? false { data.add("require_ack", true) }
        var envelope = JSONFields()
        envelope.add("event_type", order.eventType ?? BroadcastOrder.standardEventType)
        envelope.add("data", data)
        envelope.add("timestamp", now.description)
        envelope.add("message_id", id.rawValue)
        switch target {
        case .room(let room): envelope.add("topic", room.rawValue)
        case .role(let role): envelope.add("target_role", role)
        case .user(let user): envelope.add("target_user_id", user)
        case .everyone: break
        }
        self.id = id
        self.target = target
        payload = ByteBuffer(string: envelope.text)
    }

    var channel: BackplaneChannel {
        switch target {
        case .room(let room): .room(room)
        case .role(let role): .role(role)
        case .user(let user): .user(user)
        case .everyone: .everyone
        }
    }
}

extension DataPlane: ActTarget {
    var criticalityRules: CriticalityRules { policy.rules }

    func publish(_ message: OperatorMessage) async -> PublicationOutcome {
        let published = exchange.publish(message.payload, id: message.id.rawValue, to: message.channel, isFree: true)
        // It fails only when the loop is shut down, and then nothing went out.
        return (try? await published.get()) ?? .unavailable
    }

    func connection(_ id: String) async -> ConnectionInfo? {
        await onEachShard { shard in
            shard.connection(id).map { shard.info($0, .now(), shard.wallClock()) }
        }.lazy.compactMap { $0 }.first
    }

    func kick(_ id: String, _ code: CloseCode, reason: String) async -> ConnectionInfo? {
        await onEachShard { $0.kick(id, code, reason: reason) }.lazy.compactMap { $0 }.first
    }
}

extension LoopShard {
    func connection(_ id: String) -> Connection? {
        guard let id = RandomID(id) else { return nil }
        return connections.lazy.compactMap { $0 }.first { $0.id == id && $0.isOpen }
    }

    fileprivate func kick(_ id: String, _ code: CloseCode, reason: String) -> ConnectionInfo? {
        guard let connection = connection(id) else { return nil }
        let info = info(connection, .now(), wallClock())
        connection.close(code, reason: reason, planned: .kick)
        return info
    }
}
