import AdminAPI
import FleetModel
import Logging
import NIOCore
import WebSocket

extension Exchange {
    /// Takes one message from Pub/Sub, or from a client of this worker while Redis is away.
    func receive(_ payload: ByteBuffer, from channel: BackplaneChannel) {
        do throws(EnvelopeFault) {
            let envelope = try Self.object(payload)
            let header = try EnvelopeHeader(envelope)
            if case .room(let room) = channel, streams?[room] != nil, let stamp = stamp(of: envelope, room) {
                let message = StreamMessage(
                    position: stamp.position, previous: stamp.previous, payload: payload, header: header)
                streams?.receive(message, in: room)
            } else {
                _ = hand(try blank(payload, header, from: channel))
            }
        } catch {
            complain(error, channel)
        }
    }

    /// Hands each loop a message once. One that nobody gets stands for no copy of it.
    /// - Returns: the message with its place among others.
    private func hand(_ blank: Delivery) -> Delivery {
        var delivery = blank
        sequence += 1
        delivery.sequence = sequence
        if let room = delivery.audience.room, isOverRate(delivery, room) {
            tellAll { [delivery] in $0.drop(delivery, .rate) }
            return delivery
        }
        if !throttles.isEmpty, let room = delivery.audience.room, isThrottled(delivery, room) {
            tellAll { [delivery] in $0.drop(delivery, .throttled) }
            return delivery
        }
        if let id = delivery.messageID {
            delivery.served = recent.serve(id, delivery.audience, sequence: sequence, delivery.assurance)
        }
        broadcasts[delivery.criticality] += 1
        tellAll { [delivery] in $0.deliver(delivery) }
        return delivery
    }

    /// A message that has its place in a stream is missed by nobody, and an operator's is not throttled.
    private func isThrottled(_ delivery: Delivery, _ room: RoomName) -> Bool {
        guard delivery.position == nil, !delivery.isBroadcast else { return false }
        return !throttles.admits(deliveryIn: room, delivery.criticality, at: .now())
    }

    private func isOverRate(_ delivery: Delivery, _ room: RoomName) -> Bool {
        guard delivery.criticality != .critical, delivery.position == nil, !delivery.isBroadcast,
            let rate = policy.classes[delivery.criticality].rate
        else { return false }
        return !isWithinRate(room, rate)
    }

    private static func object(_ payload: ByteBuffer) throws(EnvelopeFault) -> JSONObject {
        guard payload.withUnsafeReadableBytes(UTF8Validator.isValid) else { throw .notUTF8 }
        do {
            return try JSONObject(payload)
        } catch {
            throw .notAnObject
        }
    }

    /// What a message says of its place in the room's stream. One that says it wrongly is as one that says nothing.
    private func stamp(of envelope: JSONObject, _ room: RoomName) -> StreamStamp? {
        do throws(EnvelopeFault) {
            return try StreamStamp.read(envelope, of: room)
        } catch {
            complain(error, .room(room))
            return nil
        }
    }

    private func complain(_ fault: EnvelopeFault, _ channel: BackplaneChannel) {
        malformed += 1
        complaints.malformed(fault, channel, total: malformed)
    }
}

// MARK: - Encoding

extension Exchange {
    /// Encodes a message once for all whom it is for; it has no place among others yet.
    private func blank(
        _ payload: ByteBuffer, _ header: EnvelopeHeader, from channel: BackplaneChannel
    ) throws(EnvelopeFault) -> Delivery {
        let audience = try Audience(channel: channel, header: header)
        let broadcast = header.messageID.flatMap { BroadcastID($0) }
        let rooms = Audience.criticality(channel: channel, header: header, policy.rules)
        let criticality = broadcast.map { min(rooms, $0.criticality) } ?? rooms
        let coalesces = policy.classes[criticality].drop == .coalesce && broadcast == nil
        return Delivery(
            frame: FrameEncoder.frame(.text, payload), audience: audience, sequence: 0, criticality: criticality,
            publishedAt: .now() - age(header.timestamp), messageID: header.messageID,
            coalesceKey: coalesces ? CoalesceKey.key(of: payload, header, audience) : nil,
            isBroadcast: broadcast != nil)
    }

    /// How long ago a message was published, by its own word where that can be: clocks differ.
    private func age(_ timestamp: UnixTime?) -> TimeAmount {
        guard let age = timestamp?.duration(to: wallClock()), (.zero...Self.maximumAge).contains(age) else {
            return .zero
        }
        return TimeAmount(age)
    }

    private static let maximumAge = Duration.seconds(60)
}

// MARK: - Streams

extension Exchange: StreamOutlet {
    func deliver(_ message: StreamMessage, in room: RoomName, isPlaced: Bool) -> Delivery? {
        encode(message, room) { [self] payload, header throws(EnvelopeFault) in
            var delivery = try blank(payload, header, from: .room(room))
            if isPlaced { delivery.place(at: message.position) }
            return hand(delivery)
        }
    }

    func replay(_ message: StreamMessage, in room: RoomName) -> Delivery? {
        encode(message, room) { [self] payload, header throws(EnvelopeFault) in
            var delivery = try blank(payload, header, from: .room(room))
            delivery.place(at: message.position)
            return delivery
        }
    }

    func ready(_ room: RoomName, at position: StreamPosition) {
        guard let confirmation = confirmation(of: .room(room)) else { return }
        tellAll { $0.confirmed([confirmation]) }
    }

    /// Members hear of it as of a message, so that it has its place among those.
    func lost(_ loss: StreamLoss, in room: RoomName, at position: StreamPosition) {
        sequence += 1
        let frame = ServerEnvelope.resumed(room, .lost(loss, at: position), now: wallClock())
        let delivery = Delivery(
            frame: frame, audience: Audience(room: room), sequence: sequence,
            criticality: policy.rules.criticality(of: room), publishedAt: .now(), position: position)
        tellAll { $0.deliver(delivery) }
    }

    /// From any thread; the answer goes to the shard.
    func resume(_ request: ResumeRequest) {
        onLoop { [self] in
            if let streams { streams.resume(request) } else { answer(request, with: .unavailable) }
        }
    }

    func answer(_ request: ResumeRequest, with answer: ResumeAnswer) {
        tell(request.shard) { $0.finish(request, answer) }
    }

    /// A message from the stream does not say its place; clients find it there as in one from Pub/Sub.
    private func encode(
        _ message: StreamMessage, _ room: RoomName,
        _ make: (ByteBuffer, EnvelopeHeader) throws(EnvelopeFault) -> Delivery
    ) -> Delivery? {
        do throws(EnvelopeFault) {
            if let header = message.header { return try make(message.payload, header) }
            let envelope = try Self.object(message.payload)
            return try make(
                envelope.appending(StreamStamp.key, json: message.stamp(of: room)), try EnvelopeHeader(envelope))
        } catch {
            complain(error, .room(room))
            return nil
        }
    }
}

/// Says what is wrong with messages, once a while: a broken publisher must not fill the log.
struct Complaints {
    private static let interval = TimeAmount.seconds(10)

    let logger: Logger
    private var quietUntil = NIODeadline.uptimeNanoseconds(0)

    init(logger: Logger) {
        self.logger = logger
    }

    mutating func malformed(_ fault: EnvelopeFault, _ channel: BackplaneChannel, total: UInt64) {
        guard NIODeadline.now() >= quietUntil else { return }
        quietUntil = .now() + Self.interval
        logger.warning(
            "a message from Redis was not an envelope, or not one of its room's stream; look for its publisher",
            metadata: ["channel": "\(channel.name)", "fault": "\(fault)", "malformed_total": "\(total)"])
    }
}
