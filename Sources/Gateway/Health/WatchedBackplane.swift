import FleetModel
import NIOCore
import Synchronization

/// A backplane that is watched: publications are timed, and every second a token of the worker goes out over Pub/Sub to
/// come back to it.
///
/// The token is also the publish breaker's trial on a worker whose clients publish nothing.
package final class WatchedBackplane: Backplane {
    private static let interval = TimeAmount.seconds(1)

    private let inner: any Backplane
    private let watch: RedisWatch
    private let breakers: BreakerBoard
    private let channel: String
    private let probing = Mutex<RepeatedTask?>(nil)

    package init(_ inner: any Backplane, worker: WorkerID, watch: RedisWatch, breakers: BreakerBoard) {
        self.inner = inner
        self.watch = watch
        self.breakers = breakers
        channel = "gad:echo:\(worker)"
        watch.use(inner)
    }

    package func start(on eventLoop: any EventLoop, events: @escaping @Sendable (BackplaneEvent) -> Void) {
        inner.start(on: eventLoop) { [self] event in
            if !take(event) { events(event) }
        }
        inner.subscribe([channel])
        let task = eventLoop.scheduleRepeatedTask(initialDelay: Self.interval, delay: Self.interval) { [self] _ in
            probe()
        }
        probing.withLock { $0 = task }
    }

    package var roundTrip: Duration? { inner.roundTrip }
    package var primary: String { inner.primary }

    package func subscribe(_ channels: [String]) { inner.subscribe(channels) }

    package func unsubscribe(_ channels: [String]) { inner.unsubscribe(channels) }

    package func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void> {
        watch.time { inner.publish(payload, to: channel) }
    }

    package func shutdown() -> EventLoopFuture<Void> {
        probing.withLock { $0 }?.cancel()
        return inner.shutdown()
    }
}

extension WatchedBackplane {
    /// - Returns: whether the event was about the echo, and so for nobody else.
    private func take(_ event: BackplaneEvent) -> Bool {
        switch event {
        case .confirmed(channel):
            // A worker is ready as soon as the first echo is back, and need not wait for the next second.
            probe()
            return true
        case .message(channel, let payload):
            watch.receiveEcho(String(buffer: payload))
            return true
        case .connected, .lost, .confirmed, .message: return false
        }
    }

    /// Goes out also while the breaker is open, since readiness must not wait for it; only then it is no trial.
    private func probe() {
        let isCounted = breakers.permits(.publish)
        publish(ByteBuffer(string: watch.sendEcho()), to: channel).whenComplete { [breakers] result in
            guard isCounted else { return }
            switch result {
            case .success: breakers.succeeded(.publish)
            case .failure(let error): breakers.failed(.publish, reason: "\(error)")
            }
        }
    }
}
