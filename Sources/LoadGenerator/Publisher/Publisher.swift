import FleetModel
import NIOCore

/// Publishes numbered messages at a steady rate, to the rooms of each lane in turn, and keeps when each was published.
///
/// The one publisher of a run, so that a room's numbers have no holes. Touched on one event loop only.
final class Publisher {
    /// What was published, and how it went.
    struct Outcome: Sendable {
        var log: PublishLog
        var unheard: UInt64 = 0
        var held: UInt64 = 0
        /// Publishes that were made again after a failure.
        var retries: UInt64 = 0
        /// Of the last message.
        var messageSize = ByteCount(0)
        var begin: UInt64 = 0
        var end: UInt64 = 0
    }

    /// Rooms that have one rate and one way together.
    struct Lane {
        let rooms: [Int]
        let sink: any PublishSink
        var pacer: Pacer
        var next = 0

        init(rooms: [Int], rate: Double, sink: any PublishSink) {
            self.rooms = rooms
            self.sink = sink
            pacer = Pacer(rate: rate)
        }

        mutating func nextRoom() -> Int {
            defer { next = (next + 1) % rooms.count }
            return rooms[next]
        }
    }

    private let rooms: [RoomName]
    private let run: RunID
    private let message: LoadMessage
    private let loop: any EventLoop
    private var lanes: [Lane]
    private var outcome: Outcome
    private var ticks: RepeatedTask?
    private var pending = 0

    /// Messages that may wait for their confirmation: some seconds' worth; beyond it none is published, for the figures
    /// would measure the queue.
    static let maximumPending = 20_000

    init(rooms: [RoomName], lanes: [Lane], size: ByteCount, run: RunID, loop: any EventLoop) {
        self.rooms = rooms
        self.run = run
        self.lanes = lanes
        self.loop = loop
        message = LoadMessage(run: run, size: size)
        outcome = Outcome(log: PublishLog(rooms: rooms.count))
    }

    /// Published so far.
    var published: UInt64 { outcome.log.published }

    func begin() {
        outcome.begin = SteadyClock.now
        let tick = TimeAmount(Self.tick(rate: lanes.map(\.pacer.rate).max() ?? 1))
        let publisher = NIOLoopBound(self, eventLoop: loop)
        ticks = loop.scheduleRepeatedTask(initialDelay: .zero, delay: tick) { _ in publisher.value.timePassed() }
    }

    /// Publishes nothing more, and gives what was published once it is confirmed.
    func end() -> EventLoopFuture<Outcome> {
        ticks?.cancel()
        outcome.end = SteadyClock.now
        if ticks == nil { outcome.begin = outcome.end }
        let promise = loop.makePromise(of: Outcome.self)
        let limit = lanes.sinks.map(\.confirmationLimit).max() ?? .zero
        awaitConfirmations(promise, until: outcome.end + limit.wholeNanoseconds)
        return promise.futureResult
    }

    /// One message a tick where that is not too often, so that they are spread evenly.
    private static func tick(rate: Double) -> Duration {
        min(max(.seconds(1 / max(rate, 1)), .milliseconds(2)), .milliseconds(10))
    }

    private func timePassed() {
        let (now, timestamp) = (SteadyClock.now, UnixTime.now.description)
        for lane in lanes.indices {
            let due = lanes[lane].pacer.due(at: now)
            guard due > 0 else { continue }
            let allowed = lanes[lane].sink.isReady ? max(0, min(due, Self.maximumPending - pending)) : 0
            outcome.held += UInt64(due - allowed)
            for _ in 0..<allowed { publish(through: lanes[lane].sink, to: lanes[lane].nextRoom(), timestamp) }
        }
    }

    private func publish(through sink: any PublishSink, to room: Int, _ timestamp: String) {
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

    /// The sinks' stop makes what is still unconfirmed at the limit count as that.
    private func awaitConfirmations(_ promise: EventLoopPromise<Outcome>, until deadline: UInt64) {
        guard pending > 0, SteadyClock.now < deadline else {
            outcome.retries = lanes.sinks.reduce(0) { $0 + $1.retries }
            let stopped = EventLoopFuture.andAllComplete(lanes.sinks.map { $0.stop() }, on: loop)
            return stopped.assumeIsolated().whenComplete { _ in promise.succeed(self.outcome) }
        }
        loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { self.awaitConfirmations(promise, until: deadline) }
    }
}

extension [Publisher.Lane] {
    /// Each once, also where lanes share one.
    var sinks: [any PublishSink] {
        reduce(into: []) { sinks, lane in
            if !sinks.contains(where: { $0 === lane.sink }) { sinks.append(lane.sink) }
        }
    }
}
