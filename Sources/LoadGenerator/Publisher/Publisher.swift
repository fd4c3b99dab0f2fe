import FleetModel
import Glibc
import NIOCore

/// Publishes numbered messages to the rooms in turn, at a steady rate, and keeps when each was published.
///
/// The one publisher of a run, so that a room's numbers have no holes. Touched on one event loop only.
final class Publisher {
    /// What was published, and how it went.
    struct Outcome: Sendable {
        var log: PublishLog
        var unheard: UInt64 = 0
        var held: UInt64 = 0
        /// Of the last message.
        var messageSize = ByteCount(0)
        var begin: UInt64 = 0
        var end: UInt64 = 0
    }

    private let rooms: [RoomName]
    private let run: RunID
    private let message: LoadMessage
    private let sink: any PublishSink
    private let loop: any EventLoop
    private var pacer: Pacer
    private var outcome: Outcome
    private var ticks: RepeatedTask?
    private var nextRoom = 0
    private var pending = 0

    /// Messages that may wait for their confirmation: some seconds' worth; beyond it none is published, for the figures
    /// would measure the queue.
    static let maximumPending = 20_000
    /// How long confirmations are waited for at the end.
    static let confirmationLimit: Duration = .seconds(5)

    init(rooms: [RoomName], rate: Double, size: ByteCount, run: RunID, sink: any PublishSink, loop: any EventLoop) {
        self.rooms = rooms
        self.run = run
        self.sink = sink
        self.loop = loop
        message = LoadMessage(run: run, size: size)
        pacer = Pacer(rate: rate)
        outcome = Outcome(log: PublishLog(rooms: rooms.count))
    }

    /// Published so far.
    var published: UInt64 { outcome.log.published }

    func begin() {
        outcome.begin = SteadyClock.now
        let tick = TimeAmount(Self.tick(rate: pacer.rate))
        let publisher = NIOLoopBound(self, eventLoop: loop)
        ticks = loop.scheduleRepeatedTask(initialDelay: .zero, delay: tick) { _ in publisher.value.timePassed() }
    }

    /// Publishes nothing more, and gives what was published once it is confirmed.
    func end() -> EventLoopFuture<Outcome> {
        ticks?.cancel()
        outcome.end = SteadyClock.now
        let promise = loop.makePromise(of: Outcome.self)
        awaitConfirmations(promise, until: outcome.end + Self.confirmationLimit.wholeNanoseconds)
        return promise.futureResult
    }

    /// One message a tick where that is not too often, so that they are spread evenly.
    private static func tick(rate: Double) -> Duration {
        min(max(.seconds(1 / max(rate, 1)), .milliseconds(2)), .milliseconds(10))
    }

    private func timePassed() {
        let due = pacer.due(at: SteadyClock.now)
        guard due > 0 else { return }
        let allowed = sink.isReady ? min(due, Self.maximumPending - pending) : 0
        outcome.held += UInt64(due - allowed)
        let timestamp = UnixTime.wallClock.description
        for _ in 0..<allowed { publish(timestamp) }
    }

    private func publish(_ timestamp: String) {
        let room = nextRoom
        nextRoom = (nextRoom + 1) % rooms.count
        let now = SteadyClock.now
        let sequence = outcome.log.append(room: room, at: now)
        let stamp = MessageStamp(room: Int32(room), sequence: sequence, time: now)
        let envelope = message.envelope(stamp, room: rooms[room], timestamp: timestamp)
        outcome.messageSize = ByteCount(Int64(envelope.utf8.count))
        pending += 1
        sink.publish(envelope, id: stamp.text(run: run), to: rooms[room]) { outcome in
            self.settle(outcome, room: room, sequence: sequence)
        }
    }

    private func settle(_ result: PublishOutcome, room: Int, sequence: UInt32) {
        pending -= 1
        switch result {
        case .taken: break
        case .takenByNobody: outcome.unheard += 1
        case .unconfirmed: outcome.log.markUnconfirmed(room: room, sequence: sequence)
        }
    }

    /// The sink's stop makes what is still unconfirmed at the limit count as that.
    private func awaitConfirmations(_ promise: EventLoopPromise<Outcome>, until deadline: UInt64) {
        guard pending > 0, SteadyClock.now < deadline else {
            return sink.stop().assumeIsolated().whenComplete { _ in promise.succeed(self.outcome) }
        }
        loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { self.awaitConfirmations(promise, until: deadline) }
    }
}

extension UnixTime {
    /// The time of day, for the stamps of messages and of the report.
    static var wallClock: UnixTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
