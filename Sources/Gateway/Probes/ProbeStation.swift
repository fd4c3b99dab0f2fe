import AdminAPI
import FleetModel
import NIOCore

/// Sends and receives a drill's probe messages on one worker, by the ways that clients' messages take: through Pub/Sub,
/// and through a critical room's stream with its publishing script, its position checks and its replays.
///
/// It ends by itself when nobody renews its lease, and forgets the room's stream then.
// Sendable: its state is touched on `loop` only; every entry from elsewhere goes through `loop`.
package final class ProbeStation: @unchecked Sendable {
    let worker: WorkerID
    let loop: any EventLoop
    let breakers: BreakerBoard
    let clock: SteadyClock
    /// As it holds for clients.
    private(set) var policy: GatewayPolicy
    let log: (any CriticalLog)?
    /// Told by `attach`.
    var backplane: (any Backplane)?
    var isConnected = false
    private(set) var probing: Probing?
    private var last: ProbeReport

    /// What stays received after the last message was sent.
    private static let settlingTime: Duration = .seconds(2)
    /// Longer than the orders to several workers lie apart: the last one to end forgets the stream for good.
    private static let forgettingTime: TimeAmount = .seconds(2)

    init(
        worker: WorkerID, loop: any EventLoop, breakers: BreakerBoard, log: (any CriticalLog)?, clock: SteadyClock,
        policy: GatewayPolicy
    ) {
        self.worker = worker
        self.loop = loop
        self.breakers = breakers
        self.log = log
        self.clock = clock
        self.policy = policy
        last = ProbeReport(worker: worker, at: clock.now)
    }

    /// Brings the policy that holds for drills from here on. From any thread.
    func apply(_ policy: GatewayPolicy) {
        loop.execute { self.policy = policy }
    }

    /// How it goes, or how it went the last time.
    func report() async throws -> ProbeReport {
        try await loop.submit { self.current() }.get()
    }

    /// Begins, renews or ends. An order for another drill than the one that runs is refused.
    func take(_ order: ProbeOrder) async throws -> ProbeReport {
        try await loop.submit {
            try self.obey(order)
            return self.current()
        }.get()
    }

    private func current() -> ProbeReport {
        probing?.report(at: clock.now) ?? last
    }
}

// MARK: - Life

extension ProbeStation {
    private func obey(_ order: ProbeOrder) throws {
        switch probing {
        case let probing? where probing.book.drill == order.drill:
            if order.stop {
                probing.settle(because: "the drill is over", at: clock.now)
            } else {
                probing.renew(order.lease, at: clock.now)
            }
        case let probing?:
            throw AdminError(
                .conflict, "probes of drill \(probing.book.drill) are on their way; they end by themselves in seconds")
        case nil where order.stop: break
        case nil: try begin(order)
        }
    }

    private func begin(_ order: ProbeOrder) throws {
        guard let backplane else { throw AdminError(.unavailable, "the worker is not connected with Redis yet") }
        let probing = Probing(order, of: self)
        self.probing = probing
        backplane.subscribe(probing.channels)
        probing.start(isConnected: isConnected)
        tick(probing)
    }

    /// One turn: sends, repeats, and looks whether it is over.
    private func tick(_ probing: Probing) {
        guard self.probing === probing else { return }
        probing.turn(at: clock.now)
        if let settlingSince = probing.settlingSince, settlingSince.duration(to: clock.now) >= Self.settlingTime {
            return end(probing)
        }
        loop.assumeIsolated().scheduleTask(in: probing.interval) { [weak self] in self?.tick(probing) }
    }

    private func end(_ probing: Probing) {
        last = current()
        last.phase = .ended
        self.probing = nil
        probing.stop()
        backplane?.unsubscribe(probing.channels)
        guard let log, let room = probing.room else { return }
        // What is not forgotten lapses with its retention.
        loop.scheduleTask(in: Self.forgettingTime) { _ = log.remove(room) }
    }
}
