/// Carries orders out beside each other, off the main thread.
///
/// Nothing runs before the first: Swift's pool of threads, once begun, wakes up each second for its own upkeep.
@MainActor
final class OrderPool<Order: Sendable> {
    private let perform: @Sendable (Order) async -> Void
    private var orders: AsyncStream<Order>.Continuation?
    private var work: Task<Void, Never>?

    init(_ perform: @escaping @Sendable (Order) async -> Void) {
        self.perform = perform
    }

    func put(_ order: Order) { begun().yield(order) }

    /// Gives up what is under way.
    func close() {
        orders?.finish()
        work?.cancel()
    }

    private func begun() -> AsyncStream<Order>.Continuation {
        if let orders { return orders }
        let (stream, orders) = AsyncStream<Order>.makeStream()
        self.orders = orders
        // Unstructured because the main thread stays in `poll` for the console's life; `close` ends it.
        work = Task.detached { [perform] in
            await withDiscardingTaskGroup { group in
                for await order in stream { group.addTask { await perform(order) } }
                group.cancelAll()
            }
        }
        return orders
    }
}
