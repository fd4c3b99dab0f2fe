import AdminAPI
import AdminClient
import Console
import Synchronization

/// Performs what the console's operator has confirmed, off the main thread; what comes of it wakes the main loop.
@MainActor
final class ActDesk {
    private let orders: AsyncStream<Order>.Continuation
    private let news: NewsQueue
    private let work: Task<Void, Never>

    fileprivate struct Order: Sendable {
        let request: ActRequest
        let id: ActID
    }

    init(_ source: FleetSource) throws {
        let (news, performer) = (try NewsQueue(), ActPerformer(source, through: try AdminClient()))
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

/// News between those who perform and the main loop.
private final class NewsQueue: Sendable {
    private let news = Mutex<[ActNews]>([])
    private let pipe: WakeupPipe

    /// Of news that nobody takes, the latest matter: an operation's record holds all that went before.
    private static let maximumNews = 1_024

    init() throws {
        pipe = try WakeupPipe()
    }

    var descriptor: Int32 { pipe.readEnd }

    func put(_ item: ActNews) {
        news.withLock { news in
            news.append(item)
            if news.count > Self.maximumNews { news.removeFirst() }
        }
        pipe.signal()
    }

    func takeAll() -> [ActNews] {
        pipe.drain()
        return news.withLock { news in
            defer { news = [] }
            return news
        }
    }
}
