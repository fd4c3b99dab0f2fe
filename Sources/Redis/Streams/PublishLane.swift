import NIOCore

/// Runs publishing scripts on a connection of their own, and lets replicas confirm many of them at once.
///
/// Redis answers nothing more on a connection while a WAIT lasts there, which with a replica away is its whole timeout.
/// So what comes meanwhile is held back, and then goes out together with one WAIT behind it: a replica that is away
/// costs each message two timeouts at most, however many there are. Everything here happens on one event loop.
final class PublishLane {
    private let link: ScriptLink
    /// What was sent and is not asked the replicas about.
    private var batch: Batch?
    private var isWaiting = false
    private var held = HeldPublishes()

    /// How many replicas must have a write, and how long they may take.
    struct Demand: Equatable {
        var replicas: Int
        var timeout: Duration
    }

    /// Publishes with the same demand that one WAIT will speak for.
    private final class Batch {
        let demand: Demand
        let confirmation: EventLoopPromise<Int>

        init(demand: Demand, confirmation: EventLoopPromise<Int>) {
            self.demand = demand
            self.confirmation = confirmation
        }
    }

    init(link: ScriptLink) {
        self.link = link
    }

    /// Fails with `RedisError.tooMuchInFlight` when too much is held back already.
    func publish(_ call: ScriptCall, _ demand: Demand?) -> EventLoopFuture<RESPValue>.Isolated {
        offer(PublishAttempt(call: call, demand: demand, promise: link.eventLoop.makePromise()))
    }

    private func offer(_ attempt: PublishAttempt) -> EventLoopFuture<RESPValue>.Isolated {
        if let demand = attempt.demand, let batch, batch.demand != demand { closeBatch() }
        if isWaiting {
            if !held.add(attempt) { attempt.promise.fail(RedisError.tooMuchInFlight) }
        } else {
            perform(attempt)
        }
        return attempt.promise.futureResult.assumeIsolated()
    }

    private func perform(_ attempt: PublishAttempt) {
        let written = link.run(attempt.call, whole: attempt.isWhole)
        let confirmed = attempt.demand.map { ($0, confirmation($0)) }
        written.whenComplete { result in
            switch result {
            case .failure(let error) where RedisError.isUnknownScript(error) && !attempt.isWhole:
                _ = self.offer(attempt.whole())
            case .failure(let error): attempt.promise.fail(error)
            case .success(let reply): Self.settle(attempt.promise, with: reply, confirmed)
            }
        }
    }

    private static func settle(
        _ promise: EventLoopPromise<RESPValue>, with reply: RESPValue, _ confirmed: (Demand, EventLoopFuture<Int>)?
    ) {
        guard let (demand, confirmation) = confirmed else { return promise.succeed(reply) }
        promise.completeWith(
            confirmation.flatMapThrowing { reached in
                guard reached >= demand.replicas else {
                    throw RedisError.notReplicated(wanted: demand.replicas, reached: reached)
                }
                return reply
            })
    }
}

// MARK: - Confirming

extension PublishLane {
    /// WAIT speaks for every write before it on its connection, so that one is enough for a turn of the loop.
    private func confirmation(_ demand: Demand) -> EventLoopFuture<Int> {
        if let batch { return batch.confirmation.futureResult }
        let new = Batch(demand: demand, confirmation: link.eventLoop.makePromise(of: Int.self))
        batch = new
        link.eventLoop.assumeIsolated().execute {
            if self.batch === new { self.closeBatch() }
        }
        return new.confirmation.futureResult
    }

    private func closeBatch() {
        guard let batch else { return }
        self.batch = nil
        isWaiting = true
        let (demand, confirmation) = (batch.demand, batch.confirmation)
        let wait = RESPCommand(
            "WAIT", .integer(Int64(demand.replicas)), .integer(demand.timeout.wholeMilliseconds))
        link.send(wait).whenComplete { result in
            self.isWaiting = false
            self.release()
            confirmation.completeWith(result.flatMap(Self.reached))
        }
    }

    /// Those with another demand than the ones before them are held back once more.
    private func release() {
        for attempt in held.takeAll() { _ = offer(attempt) }
    }

    private static func reached(_ reply: RESPValue) -> Result<Int, any Error> {
        reply.integer.map { .success(Int($0)) } ?? .failure(RedisError.unexpectedReply(to: "WAIT"))
    }
}
