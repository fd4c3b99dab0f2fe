import FleetModel
import NIOCore

/// What became of a message that a client published.
enum PublicationOutcome: Sendable {
    /// Every worker has it, or will.
    case published
    /// Only this worker's clients could be reached.
    case degraded
    /// It is in its room's stream, and every worker has it, or will.
    case streamed(StreamPublication)
    /// It may be in its room's stream or not; publishing it again with the same id is right.
    case unavailable
    /// An operator throttles the room, and it was one too many.
    case throttled
}

extension Exchange {
    /// Publishes to all workers. A message that is not kept in a stream reaches this worker's clients at least.
    /// From any thread.
    /// - Parameter isFree: of throttles, as an operator's message is.
    func publish(
        _ payload: ByteBuffer, id: String, to channel: BackplaneChannel, isFree: Bool = false
    ) -> EventLoopFuture<PublicationOutcome> {
        let promise = loop.makePromise(of: PublicationOutcome.self)
        onLoop { [self] in
            if !throttles.isEmpty, !isFree, case .room(let room) = channel, isThrottled(room) {
                promise.succeed(.throttled)
            } else if case .room(let room) = channel, hasStream(room) {
                publish(payload, id: id, toStreamOf: room, promise)
            } else {
                publish(payload, to: channel, promise)
            }
        }
        return promise.futureResult
    }

    /// Whether a client's publication is one too many; who is in the room here misses it then.
    private func isThrottled(_ room: RoomName) -> Bool {
        let criticality = policy.rules.criticality(of: room)
        guard !throttles.admits(publicationIn: room, criticality, at: .now()) else { return false }
        tellAll { $0.countThrottled(room, criticality) }
        return true
    }

    private func publish(
        _ payload: ByteBuffer, to channel: BackplaneChannel, _ promise: EventLoopPromise<PublicationOutcome>
    ) {
        guard case .connected = state, breakers.permits(.publish) else {
            return deliverHere(payload, channel, promise)
        }
        backplane.publish(payload, to: channel.name).hop(to: loop).whenComplete { [self] result in
            switch result {
            case .success:
                breakers.succeeded(.publish)
                promise.succeed(.published)
            case .failure(let error):
                breakers.failed(.publish, reason: "\(error)")
                deliverHere(payload, channel, promise)
            }
        }
    }

    private func deliverHere(
        _ payload: ByteBuffer, _ channel: BackplaneChannel, _ promise: EventLoopPromise<PublicationOutcome>
    ) {
        receive(payload, from: channel)
        promise.succeed(.degraded)
    }

    /// Never to this worker's clients alone: who gets a message of a stream has its place there.
    private func publish(
        _ payload: ByteBuffer, id: String, toStreamOf room: RoomName, _ promise: EventLoopPromise<PublicationOutcome>
    ) {
        guard let streams else { return promise.succeed(.unavailable) }
        streams.log.publish(payload, messageID: id, to: room, policy.streams).whenComplete { result in
            switch result {
            case .success(let publication): promise.succeed(.streamed(publication))
            case .failure: promise.succeed(.unavailable)
            }
        }
    }
}
