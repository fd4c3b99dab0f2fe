import AdminAPI
import AdminClient
import Console
import Synchronization

/// Performs what the console's operator has confirmed, off the main thread; what comes of it wakes the main loop.
@MainActor
final class ActDesk {
    private let orders: AsyncStream<Order>.Continuation
    private let news: NewsQueue<ActNews>
    private let work: Task<Void, Never>

    fileprivate struct Order: Sendable {
        let request: ActRequest
        let id: ActID
    }

    init(_ source: FleetSource) throws {
        let (news, performer) = (try NewsQueue<ActNews>(), ActPerformer(source, through: try AdminClient()))
        let (stream, orders) = AsyncStream<Order>.makeStream()
        (self.news, self.orders) = (news, orders)
        // Unstructured because the main thread stays in `poll` for the console's life; `close` ends it.
        work = Task.detached {
            await withDiscardingTaskGroup { group in
                for await order in stream {
                    group.addTask { await performer.perform(order.request, as: order.id) { news.put($0) } }
                }
                group.cancelAll()
            }
        }
    }

    /// Readable while news wait; for `poll`.
    var readinessDescriptor: Int32 { news.descriptor }

    func takeNews() -> [ActNews] { news.takeAll() }

    func begin(_ request: ActRequest, as id: ActID) {
        orders.yield(Order(request: request, id: id))
    }

    /// Stops leading; what was ordered goes on by itself.
    func close() {
        orders.finish()
        work.cancel()
    }
}
