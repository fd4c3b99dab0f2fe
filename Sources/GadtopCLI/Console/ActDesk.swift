import AdminAPI
import AdminClient
import Console
import Synchronization

/// Performs what the console's operator has confirmed, off the main thread; what comes of it wakes the main loop.
@MainActor
final class ActDesk {
    private let orders: OrderPool<Order>
    private let news: NewsQueue<ActNews>

    private struct Order: Sendable {
        let request: ActRequest
        let id: ActID
    }

    init(_ source: FleetSource) throws {
        let (news, performer) = (try NewsQueue<ActNews>(), ActPerformer(source, through: try AdminClient()))
        self.news = news
        orders = OrderPool { order in await performer.perform(order.request, as: order.id) { news.put($0) } }
    }

    /// Readable while news wait; for `poll`.
    var readinessDescriptor: Int32 { news.descriptor }

    func takeNews() -> [ActNews] { news.takeAll() }

    func begin(_ request: ActRequest, as id: ActID) {
        orders.put(Order(request: request, id: id))
    }

    /// Stops leading; what was ordered goes on by itself.
    func close() { orders.close() }
}
