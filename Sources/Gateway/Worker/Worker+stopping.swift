import FleetModel
import UnixSignals

extension Worker {
    /// How much longer than its deadline a drain may take before what is left is closed together.
    private static let lastMoment: Duration = .seconds(1)

    /// Waits for the first order to stop; then drains until that is done, its time is over, or a second order comes.
    func stop(on orders: StopOrders) async {
        await orders.next()
        if Task.isCancelled { return }
        logger.notice("stopping", metadata: ["deadline": "\(Figures.elapsed(configuration.shutdownDeadline))"])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await drainForGood() }
            group.addTask { await orders.next() }
            // Cancellation means that one of the others was first.
            group.addTask { try? await Task.sleep(for: configuration.shutdownDeadline + Self.lastMoment) }
            await group.next()
            group.cancelAll()
        }
        await plane.stop()
    }

    private func drainForGood() async {
        guard configuration.shutdownDeadline > .zero else { return }
        do {
            try await drain.shutDown(requestedBy: "SIGTERM", deadline: configuration.shutdownDeadline)
        } catch {
            logger.error("no drain before the stop", metadata: ["error": "\(error)"])
        }
    }
}

/// The orders to stop: each SIGTERM is one.
struct StopOrders: Sendable {
    private let signals: UnixSignalsSequence
    // Two waits take turns at it, which a sequence of signals does not allow.
    private let orders: AsyncStream<Void>
    private let given: AsyncStream<Void>.Continuation

    /// Takes the signal over from the system.
    init() async {
        (orders, given) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(2))
        signals = await UnixSignalsSequence(trapping: .sigterm)
    }

    /// Runs until cancelled.
    func listen() async {
        for await _ in signals { given.yield() }
    }

    /// Waits for the next order, or for cancellation.
    func next() async {
        var iterator = orders.makeAsyncIterator()
        await iterator.next()
    }
}
