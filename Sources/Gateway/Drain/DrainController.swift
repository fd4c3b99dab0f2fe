import AdminAPI
import FleetModel
import Logging

/// Takes orders to drain and undrain a worker, and carries out what `DrainStateMachine` decides.
package actor DrainController {
    private let target: any DrainTarget
    private let clock: SteadyClock
    private let logger: Logger
    private let randomFraction: @Sendable () -> Double

    private var machine = DrainStateMachine()
    private var notedPhase: DrainPhase?
    private var waitingForServing: [CheckedContinuation<Void, any Error>] = []
    private var waitingForDrained: [AsyncStream<Void>.Continuation] = []
    private let orders: AsyncStream<Void>
    private let ordered: AsyncStream<Void>.Continuation

    package init(
        target: any DrainTarget, clock: SteadyClock, logger: Logger,
        randomFraction: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.target = target
        self.clock = clock
        self.logger = logger
        self.randomFraction = randomFraction
        (orders, ordered) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package var status: DrainStatus? { machine.status(at: clock.now) }
    package var state: WorkerState { machine.workerState }

    /// - Throws: `DrainRefusal`.
    package func start(_ order: DrainOrder) async throws {
        let connections = await target.connectionCount()
        try machine.start(order, connections: connections, now: clock.now)
        if let status { failWaiting(with: DrainRefusal.alreadyDraining(status)) }
        ordered.yield()
    }

    /// Returns once the worker accepts again.
    /// - Throws: `DrainRefusal`, or what the target says when it cannot accept; that is tried again until it can.
    package func undrain(requestedBy user: String, reason: String?) async throws {
        try machine.undrain()
        logger.notice("drain cancelled", metadata: ["requested_by": "\(user)", "reason": "\(reason ?? "")"])
        ordered.yield()
        try await withCheckedThrowingContinuation { waitingForServing.append($0) }
    }

    /// Drains for good and returns once nobody is left, or when cancelled; the drain itself goes on then.
    package func shutDown(requestedBy: String, deadline: Duration) async throws {
        let connections = await target.connectionCount()
        try machine.shutDown(
            requestedBy: requestedBy, deadline: deadline, connections: connections, now: clock.now)
        failWaiting(with: DrainRefusal.shuttingDown)
        ordered.yield()
        let (end, drained) = AsyncStream<Void>.makeStream()
        waitingForDrained.append(drained)
        for await _ in end {}
    }

    /// Carries out orders until its task is cancelled.
    package func run() async {
        var wake = orders.makeAsyncIterator()
        while !Task.isCancelled {
            let remaining = await target.connectionCount()
            let action = machine.next(now: clock.now, remaining: remaining, jitter: randomFraction())
            notePhase()
            if action == .rest {
                noteRest()
                await wake.next()
            } else {
                await perform(action)
            }
        }
        failWaiting(with: CancellationError())
        releaseDrained()
    }
}

extension DrainController {
    /// How long after a failure accepting is tried again.
    private static let retryPause: Duration = .seconds(1)

    private func perform(_ action: DrainStateMachine.Action) async {
        switch action {
        case .refuseNew:
            await target.refuseNew(for: cause)
            let remaining = await target.connectionCount()
            machine.did(.refusedNew(remaining: remaining), now: clock.now)
        case .announce(let spread):
            _ = await target.announceReconnect(spread: spread)
            machine.did(.announced, now: clock.now)
        case .close(let count):
            machine.did(.closed(await target.close(atMost: count, for: cause)), now: clock.now)
        case .acceptNew: await acceptNew()
        case .wait(let duration): await pause(duration)
        case .rest: break
        }
    }

    /// Of the drain under way; an order to undrain may have ended it since it asked for what is being done.
    private var cause: DrainCause { status?.cause ?? .operator }

    private func acceptNew() async {
        do {
            try await target.acceptNew()
            machine.did(.acceptedNew, now: clock.now)
        } catch {
            logger.error("cannot accept again; trying on", metadata: ["error": "\(error)"])
            failWaiting(with: error)
            await pause(Self.retryPause)
        }
    }

    private func pause(_ duration: Duration) async {
        // Cancellation ends the loop that calls this; there is nothing to undo.
        try? await Task.sleep(for: duration)
    }

    /// Serving and drained are the two states at rest.
    private func noteRest() {
        if machine.workerState == .active {
            waitingForServing.forEach { $0.resume() }
            waitingForServing = []
        } else {
            releaseDrained()
        }
    }

    private func releaseDrained() {
        waitingForDrained.forEach { $0.finish() }
        waitingForDrained = []
    }

    private func failWaiting(with error: any Error) {
        waitingForServing.forEach { $0.resume(throwing: error) }
        waitingForServing = []
    }

    private func notePhase() {
        let phase = machine.status(at: clock.now)?.phase
        defer { notedPhase = phase }
        guard let phase, phase != notedPhase else { return }
        logger.notice("drain moved on", metadata: metadata)
    }

    private var metadata: Logger.Metadata {
        guard let status = machine.status(at: clock.now) else { return [:] }
        return [
            "step": "\(status.phase.rawValue)", "cause": "\(status.cause.rawValue)",
            "requested_by": "\(status.requestedBy)", "remaining": "\(status.remaining)",
            "rate_per_second": "\(status.ratePerSecond)", "deadline": "\(status.deadline)",
        ]
    }
}
