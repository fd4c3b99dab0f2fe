import NIOCore

/// A backplane on which a worker's probe messages travel beside those of its clients; the data plane does not see them.
package final class ProbedBackplane: Backplane {
    private let inner: any Backplane
    private let station: ProbeStation

    package init(_ inner: any Backplane, station: ProbeStation) {
        self.inner = inner
        self.station = station
    }

    package var roundTrip: Duration? { inner.roundTrip }
    package var primary: String { inner.primary }

    /// - Parameter eventLoop: the station's own.
    package func start(on eventLoop: any EventLoop, events: @escaping @Sendable (BackplaneEvent) -> Void) {
        inner.start(on: eventLoop) { [station] event in
            if !station.take(event) { events(event) }
        }
        station.attach(inner)
    }

    package func subscribe(_ channels: [String]) { inner.subscribe(channels) }
    package func unsubscribe(_ channels: [String]) { inner.unsubscribe(channels) }

    package func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void> {
        inner.publish(payload, to: channel)
    }

    package func shutdown() -> EventLoopFuture<Void> { inner.shutdown() }
}

extension ProbeStation {
    func attach(_ backplane: any Backplane) {
        loop.execute { self.backplane = backplane }
    }

    /// - Returns: whether the event was about probes, and so for nobody else.
    func take(_ event: BackplaneEvent) -> Bool {
        switch event {
        case .connected:
            isConnected = true
            probing?.connected(to: backplane?.primary ?? "", at: clock.now)
            return false
        case .lost(let reason):
            isConnected = false
            probing?.lost(because: reason, at: clock.now)
            return false
        case .confirmed(let channel):
            guard let probing, probing.channels.contains(channel) else { return false }
            probing.confirmed(channel)
            return true
        case .message(let channel, let payload):
            guard let probing, probing.channels.contains(channel) else { return false }
            probing.message(payload, on: channel, at: clock.now)
            return true
        }
    }
}
