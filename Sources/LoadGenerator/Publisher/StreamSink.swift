import FleetModel
import Logging
import NIOCore
import Redis

/// Publishes to rooms whose messages must not be lost, through the gateway's publishing script, and counts a message
/// only when Redis has acknowledged it.
final class StreamSink: PublishSink {
    private struct Message {
        let envelope: String
        let id: String
        let outcome: (PublishOutcome) -> Void
    }

    private let streams: RedisStreams
    private let loop: any EventLoop
    private var queues: [RoomName: RetryQueue<Message>] = [:]
    private var random = SystemRandomNumberGenerator()
    private var isStopped = false
    private(set) var retries: UInt64 = 0

    /// How long one message is published again and again: longer than a failover takes.
    static let patience: Duration = .seconds(30)
    /// As the gateway keeps its streams unless it is told otherwise.
    private static let keeping = StreamKeeping(
        maximumLength: 10_000, retention: .seconds(7 * 86_400), idempotencyWindow: .seconds(3_600), replicas: 0,
        replicaTimeout: .seconds(1))

    init(streams: RedisStreams, loop: any EventLoop) {
        self.streams = streams
        self.loop = loop
    }

    var isReady: Bool { true }
    var confirmationLimit: Duration { Self.patience + .seconds(1) }

    func start() -> EventLoopFuture<Void> {
        streams.start()
        return loop.makeSucceededVoidFuture()
    }

    func stop() -> EventLoopFuture<Void> {
        isStopped = true
        for room in queues.keys {
            for message in queues[room]?.giveUp() ?? [] { message.outcome(.unconfirmed) }
        }
        return streams.shutdown()
    }

    func publish(_ envelope: String, id: String, to room: RoomName, outcome: @escaping (PublishOutcome) -> Void) {
        let message = Message(envelope: envelope, id: id, outcome: outcome)
        perform(queues[room, default: RetryQueue(patience: Self.patience)].add(message, at: SteadyClock.now), room)
    }

    private func perform(_ action: RetryQueue<Message>.Action, _ room: RoomName) {
        switch action {
        case .none: break
        case .publish(let message): send(message, to: room)
        case .wait(let time):
            loop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { self.tryAgain(room) }
        }
    }

    private func tryAgain(_ room: RoomName) {
        guard !isStopped, let action = queues[room]?.retry() else { return }
        retries += 1
        perform(action, room)
    }

    private func send(_ message: Message, to room: RoomName) {
        streams.publish(ByteBuffer(string: message.envelope), messageID: message.id, to: room, Self.keeping)
            .hop(to: loop).assumeIsolated()
            .whenComplete { self.answered($0, room) }
    }

    private func answered(_ reply: Result<StreamReceipt, any Error>, _ room: RoomName) {
        guard !isStopped, var queue = queues[room] else { return }
        switch reply {
        case .success:
            let (message, action) = queue.taken()
            queues[room] = queue
            message.outcome(.taken)
            perform(action, room)
        case .failure:
            let (message, action) = queue.failed(at: SteadyClock.now, random: &random)
            queues[room] = queue
            message?.outcome(.unconfirmed)
            perform(action, room)
        }
    }
}
