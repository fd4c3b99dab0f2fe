import AdminAPI
import FleetModel
import NIOCore

/// One drill's probes on one worker, from their first order to their end. On the loop of its station.
final class Probing {
    let channel: String
    /// nil where no class of rooms has streams.
    let room: RoomName?
    let interval: TimeAmount
    var book: ProbeBook
    private(set) var settlingSince: UnixTime?
    private var end: String?
    private var leaseEnds: UnixTime
    private let lastEnd: UnixTime
    private unowned let station: ProbeStation
    private let streams: StreamRooms?
    /// Kept alive by this: `StreamRooms` holds it weakly.
    private let outlet: ProbeOutlet
    private var recent = RecentMessages()
    private var streamBreaks = 0

    /// Messages that are sent again in one turn: they catch up faster than new ones come.
    private static let repeatsPerTurn = 20
    /// Longer than any drill lasts: what is not forgotten at the end lapses soon after.
    private static let keeping: Duration = .seconds(1_200)

    init(_ order: ProbeOrder, of station: ProbeStation) {
        let now = station.clock.now
        var policy = station.policy
        policy.streams.retention = Self.keeping
        policy.streams.idempotencyWindow = Self.keeping
        let room = station.log == nil ? nil : policy.probeRoom(of: order.drill)
        self.station = station
        self.room = room
        channel = "gad:probe:\(order.drill)"
        interval = TimeAmount(.seconds(1 / order.ratePerSecond))
        leaseEnds = now.advanced(by: order.lease)
        lastEnd = now.advanced(by: order.duration)
        book = ProbeBook(
            drill: order.drill, worker: station.worker, run: String(UInt32.random(in: .min ... .max), radix: 36),
            lanes: room == nil ? [.pubsub] : ProbeLane.allCases, lateAfter: order.lateAfter,
            primary: station.backplane?.primary ?? "", at: now)
        outlet = ProbeOutlet()
        streams = station.log.flatMap { log in
            room == nil
                ? nil
                : StreamRooms(
                    log: GuardedLog(log: log, breakers: station.breakers, loop: station.loop), loop: station.loop,
                    policy: policy)
        }
    }

    var channels: [String] { [channel] + (room.map { [BackplaneChannel.room($0).name] } ?? []) }

    func start(isConnected: Bool) {
        outlet.probing = self
        streams?.start(outlet)
        if let room { streams?.open(room) }
        if isConnected { streams?.connected() }
    }

    func stop() {
        if let room { streams?.close(room) }
        streams?.stop()
    }

    func renew(_ lease: Duration, at now: UnixTime) {
        leaseEnds = max(leaseEnds, now.advanced(by: lease))
    }

    /// Sends no more.
    func settle(because reason: String, at now: UnixTime) {
        guard settlingSince == nil else { return }
        settlingSince = now
        end = reason
    }

    func report(at now: UnixTime) -> ProbeReport {
        var report = book.report(at: now, end: settlingSince)
        report.phase = settlingSince == nil ? .sending : .settling
        report.end = end
        report.repaired = streams?.repairedTotal ?? 0
        report.streamBreaks = streamBreaks
        return report
    }
}

// MARK: - Sending

extension Probing {
    func turn(at now: UnixTime) {
        if now >= lastEnd {
            settle(because: "their time is over", at: now)
        } else if now >= leaseEnds {
            settle(because: "nobody leads the drill any more", at: now)
        }
        guard settlingSince == nil else { return }
        if let token = book.next(.pubsub, at: now) { publish(token) }
        guard room != nil else { return }
        for token in book.repeats(.stream, limit: Self.repeatsPerTurn) { publishCritical(token) }
        if let token = book.next(.stream, at: now) { publishCritical(token) }
    }

    /// As `Exchange` does for a client.
    private func publish(_ token: ProbeToken) {
        let (station, breakers) = (station, station.breakers)
        guard station.isConnected, breakers.permits(.publish), let backplane = station.backplane else {
            return book.failed(token.number, .pubsub)
        }
        backplane.publish(ByteBuffer(string: token.text), to: channel).hop(to: station.loop).assumeIsolated()
            .whenComplete { [self] result in
                switch result {
                case .success:
                    breakers.succeeded(.publish)
                    book.acknowledged(token.number, .pubsub)
                case .failure(let error):
                    breakers.failed(.publish, reason: "\(error)")
                    book.failed(token.number, .pubsub)
                }
            }
    }

    private func publishCritical(_ token: ProbeToken) {
        guard let streams, let room else { return }
        streams.log.publish(token.envelope, messageID: token.text, to: room, streams.policy.streams).assumeIsolated()
            .whenComplete { [self] result in
                switch result {
                case .success: book.acknowledged(token.number, .stream)
                case .failure: book.failed(token.number, .stream)
                }
            }
    }
}

// MARK: - Hearing

extension Probing {
    func connected(to primary: String, at now: UnixTime) {
        book.resubscribed(to: primary, at: now)
        streams?.connected()
    }

    func lost(because reason: String, at now: UnixTime) {
        book.left(because: reason, at: now)
        streams?.disconnected()
    }

    func confirmed(_ name: String) {
        if let room, name != channel { streams?.confirmed(room) }
    }

    func message(_ payload: ByteBuffer, on name: String, at now: UnixTime) {
        if name == channel { return take(String(buffer: payload), .pubsub, at: now) }
        guard let room, let message = StreamMessage(stamped: payload, of: room) else { return }
        streams?.receive(message, in: room)
    }

    /// A message of the room in its order, as its members would get it.
    func delivered(_ message: StreamMessage) {
        // What is in the reserved room and is none of ours is not ours to judge.
        guard let object = try? JSONObject(message.payload), let id = object.string("message_id") else { return }
        take(id, .stream, at: station.clock.now)
    }

    func broke() { streamBreaks += 1 }

    private func take(_ text: String, _ lane: ProbeLane, at now: UnixTime) {
        guard let token = ProbeToken(text) else { return }
        let earlier = recent.serve(text, Audience(role: lane.rawValue), sequence: 0)
        let isRecognised = earlier.contains { $0.audience.role == lane.rawValue }
        book.received(token, lane, isRecognised: isRecognised, at: now)
    }
}

/// Stands where a critical room's members are.
final class ProbeOutlet: StreamOutlet {
    weak var probing: Probing?

    func deliver(_ message: StreamMessage, in room: RoomName, isPlaced: Bool) -> Delivery? {
        probing?.delivered(message)
        return nil
    }

    func replay(_ message: StreamMessage, in room: RoomName) -> Delivery? { nil }
    func ready(_ room: RoomName, at position: StreamPosition) {}
    func lost(_ loss: StreamLoss, in room: RoomName, at position: StreamPosition) { probing?.broke() }
    func answer(_ request: ResumeRequest, with answer: ResumeAnswer) {}
}

extension GatewayPolicy {
    /// The room that is reserved for a drill, under the first prefix whose rooms have streams.
    /// - Returns: nil where none has.
    func probeRoom(of drill: String) -> RoomName? {
        let rule = rules.rules.first { $0.criticality == .critical && classes[.critical].guarantee == .stream }
        return rule.flatMap { RoomName("\($0.prefix)drill:\(drill)") }
    }
}

extension StreamMessage {
    /// One that came over Pub/Sub and says its place in the stream.
    init?(stamped payload: ByteBuffer, of room: RoomName) {
        // A message that says its place wrongly is not followed; the position checks find what it stood for.
        guard let envelope = try? JSONObject(payload), let header = try? EnvelopeHeader(envelope),
            let stamp = try? StreamStamp.read(envelope, of: room)
        else { return nil }
        self.init(position: stamp.position, previous: stamp.previous, payload: payload, header: header)
    }
}
