import AdminClient
import Synchronization

/// News between those who work off the main thread and the main loop.
final class NewsQueue<Item: Sendable>: Sendable {
    private let news = Mutex<[Item]>([])
    private let pipe: WakeupPipe

    /// Of news that nobody takes, the latest matter.
    private let maximumNews: Int

    init(maximumNews: Int = 1_024) throws {
        self.maximumNews = maximumNews
        pipe = try WakeupPipe()
    }

    /// Readable while news wait; for `poll`.
    var descriptor: Int32 { pipe.readEnd }

    func put(_ item: Item) {
        news.withLock { news in
            news.append(item)
            if news.count > maximumNews { news.removeFirst() }
        }
        pipe.signal()
    }

    func takeAll() -> [Item] {
        pipe.drain()
        return news.withLock { news in
            defer { news = [] }
            return news
        }
    }
}
