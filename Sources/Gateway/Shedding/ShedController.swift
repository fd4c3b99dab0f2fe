import AdminAPI
import FleetModel
import Logging

/// Takes orders to give connections away, and carries out what `ShedMachine` decides.
package actor ShedController {
    private let target: any ShedTarget
    private let workerState: @Sendable () async -> WorkerState
    private let clock: SteadyClock
    private let logger: Logger
    private let randomFraction: @Sendable () -> Double

    private var machine = ShedMachine()
    private var waitingForSettled: [CheckedContinuation<Void, any Error>] = []
    private let orders: AsyncStream<Void>
    private let ordered: AsyncStream<Void>.Continuation

    /// - Parameter workerState: a worker that is drained meanwhile has other plans for its connections.
    package init(
        plane: DataPlane, workerState: @escaping @Sendable () async -> WorkerState, clock: SteadyClock, logger: Logger
    ) {
        self.init(target: plane, workerState: workerState, clock: clock, logger: logger)
    }

    init(
        target: any ShedTarget, workerState: @escaping @Sendable () async -> WorkerState, clock: SteadyClock,
        logger: Logger, randomFraction: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.target = target
        self.workerState = workerState
        self.clock = clock
        self.logger = logger
        self.randomFraction = randomFraction
        (orders, ordered) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Of the last shedding, also when it has ended; nil where there was none.
    package var status: ShedStatus? { machine.status }
    /// The same for samples, which forget soon.
    package var recentStatus: ShedStatus? { machine.recentStatus(at: clock.now) }

    /// Begins, or renews what the same operation began.
    /// - Throws: `AdminError` while the worker is drained or leaves.
    func take(_ order: ShedOrder) async throws {
        let state = await workerState()
        guard state == .active else {
            throw AdminError(.conflict, "the worker is \(state.rawValue); only an active one gives connections away")
        }
        let before = machine.status
        machine.take(order, now: clock.now)
        if !(before?.operation == order.operation && before?.phase == .shedding) { log("shedding begins") }
        ordered.yield()
    }

    /// Returns once the worker accepts again.
    /// - Throws: what the target says when it cannot accept; that is tried again until it can.
    func stop() async throws {
        machine.stop(now: clock.now)
        ordered.yield()
        try await withCheckedThrowingContinuation { waitingForSettled.append($0) }
    }

    /// Carries out orders until its task is cancelled.
    package func run() async {
        var wake = orders.makeAsyncIterator()
        while !Task.isCancelled {
            if machine.isActive, await workerState() != .active { machine.stop(now: clock.now) }
            let wasActive = machine.isActive
            let action = machine.next(now: clock.now, jitter: randomFraction())
            if wasActive && !machine.isActive { log("shedding ends: nobody renewed its lease") }
            if machine.isSettled { noteSettled() }
            if action == .rest {
                await wake.next()
            } else {
                await perform(action)
            }
        }
        failWaiting(with: CancellationError())
    }
}

extension ShedController {
    /// How long after a failure accepting is tried again.
    private static let retryPause: Duration = .seconds(1)

    private func perform(_ action: ShedMachine.Action) async {
        switch action {
        case .refuseNew:
            await target.refuseNewWhileShedding()
            machine.did(.refusedNew)
        case .acceptNew: await acceptNew()
        case .step(let count, let rooms):
            machine.did(.stepped(await target.shed(upTo: count, in: rooms)))
            await pause(ShedMachine.tick)
        case .rest: break
        }
    }

    private func acceptNew() async {
        do {
            try await target.acceptNewAfterShedding()
            machine.did(.acceptedNew)
        } catch {
            logger.error("cannot accept again after shedding; trying on", metadata: ["error": "\(error)"])
            failWaiting(with: error)
            await pause(Self.retryPause)
        }
    }

    private func pause(_ duration: Duration) async {
        // Cancellation ends the loop that calls this; there is nothing to undo.
        try? await Task.sleep(for: duration)
    }

    private func noteSettled() {
        waitingForSettled.forEach { $0.resume() }
        waitingForSettled = []
    }

    private func failWaiting(with error: any Error) {
        waitingForSettled.forEach { $0.resume(throwing: error) }
        waitingForSettled = []
    }

    private func log(_ message: Logger.Message) {
        guard let status = machine.status else { return }
        logger.notice(
            message,
            metadata: [
                "operation": "\(status.operation)", "requested_by": "\(status.requestedBy)", "told": "\(status.told)",
                "count": "\(status.count)", "rate_per_second": "\(status.ratePerSecond)",
            ])
    }
}
