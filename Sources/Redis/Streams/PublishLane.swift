import NIOCore

/// Runs publishing scripts on a connection of their own, and lets replicas confirm all of one turn of the loop at once.
/// Everything here happens on one event loop.
final class PublishLane {
    private let link: ScriptLink
    private var batch: Batch?

    /// How many replicas must have a write, and how long they may take.
    struct Demand: Equatable {
        var replicas: Int
        var timeout: Duration
    }

    /// Publishes of one turn with the same demand.
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

    func publish(_ call: ScriptCall, _ demand: Demand?) -> EventLoopFuture<RESPValue>.Isolated {
        attempt(call, demand, whole: false).flatMapError { error in
            guard RedisError.isUnknownScript(error) else { return self.link.eventLoop.makeFailedFuture(error) }
            return self.attempt(call, demand, whole: true).nonisolated()
        }
    }

    private func attempt(
        _ call: ScriptCall, _ demand: Demand?, whole: Bool
    ) -> EventLoopFuture<RESPValue>.Isolated {
        let written = link.run(call, whole: whole)
        guard let demand else { return written }
        let confirmed = confirmation(demand)
        return written.flatMap { reply in
            confirmed.flatMapThrowing { reached in
                guard reached >= demand.replicas else {
                    throw RedisError.notReplicated(wanted: demand.replicas, reached: reached)
                }
                return reply
            }
        }
    }
}

// MARK: - Confirming

extension PublishLane {
    /// WAIT speaks for every write before it on its connection, so that one is enough for a turn.
    private func confirmation(_ demand: Demand) -> EventLoopFuture<Int> {
        if let batch, batch.demand == demand { return batch.confirmation.futureResult }
        closeBatch()
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
        let (demand, confirmation) = (batch.demand, batch.confirmation)
        let wait = RESPCommand(
            "WAIT", .integer(Int64(demand.replicas)), .integer(demand.timeout.wholeMilliseconds))
        link.send(wait).whenComplete { result in
            confirmation.completeWith(result.flatMap(Self.reached))
        }
    }

    private static func reached(_ reply: RESPValue) -> Result<Int, any Error> {
        reply.integer.map { .success(Int($0)) } ?? .failure(RedisError.unexpectedReply(to: "WAIT"))
    }
}
