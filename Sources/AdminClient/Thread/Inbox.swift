import Synchronization

/// Orders for a thread that waits in `poll`: handed over by anyone, taken by the thread.
final class Inbox<Order: Sendable>: Sendable {
    private let orders = Mutex<[Order]>([])
    private let pipe: WakeupPipe

    init() throws(WakeupPipeFailure) {
        pipe = try WakeupPipe()
    }

    /// Readable while orders wait.
    var descriptor: Int32 { pipe.readEnd }

    func put(_ order: Order) {
        let wasEmpty = orders.withLock { orders in
            orders.append(order)
            return orders.count == 1
        }
        if wasEmpty { pipe.signal() }
    }

    func takeAll() -> [Order] {
        pipe.drain()
        return orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
