import Synchronization

/// Orders for a thread that waits in `poll`: handed over by anyone, taken by the thread.
package final class Inbox<Order: Sendable>: Sendable {
    private let orders = Mutex<[Order]>([])
    private let pipe: WakeupPipe

    package init() throws(WakeupPipeFailure) {
        pipe = try WakeupPipe()
    }

    /// Readable while orders wait.
    package var descriptor: Int32 { pipe.readEnd }

    package func put(_ order: Order) { _ = put(order, limit: .max) }

    /// - Returns: false where so many wait already; the order is then not taken.
    package func put(_ order: Order, limit: Int) -> Bool {
        let count = orders.withLock { orders in
            guard orders.count < limit else { return Int?.none }
            orders.append(order)
            return orders.count
        }
        if count == 1 { pipe.signal() }
        return count != nil
    }

    package func takeAll() -> [Order] {
        pipe.drain()
        return orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
