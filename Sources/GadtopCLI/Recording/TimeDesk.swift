import AdminAPI
import AdminClient
import Console
import FleetModel
import Glibc
import Recording

/// Reads recorded time for the console off the main thread; where that is the console's own session, writes it too.
@MainActor
final class TimeDesk {
    private enum Order: Sendable {
        case write([ScribeEntry])
        case travel(TravelOrder)
    }

    private let orders: AsyncStream<Order>.Continuation
    private let news: NewsQueue<TravelNews>
    private let work: Task<Void, Never>
    /// Of the session; nil for a file of the operator's.
    private let history: String?
    /// Told and not handed over yet: a thread that wakes up for every second's samples would cost more than they do.
    private var waiting: [ScribeEntry] = []

    /// Entries that are written at once: some seconds of events and answers.
    private static let batch = 8
    /// Batches that may wait for the disk.
    private static let maximumWaiting = 64
    /// What a session's history may take, and how far it goes back.
    private nonisolated static let historyPolicy = RecordingPolicy(size: .mebibytes(64), age: .seconds(6 * 3_600))

    /// The console's own session.
    /// - Parameter path: of a file that is nobody else's, and is deleted at the end.
    convenience init(historyAt path: String, fleet: SafeText) throws {
        try self.init(history: path) {
            TimeWork(scribe: try Scribe(path: path, fleet: fleet, policy: Self.historyPolicy), path: path)
        }
    }

    /// A recording that is there.
    convenience init(replaying reader: SliceReader) throws {
        try self.init(history: nil) { TimeWork(reader: reader) }
    }

    private init(history: String?, _ work: @escaping @Sendable () throws -> TimeWork) throws {
        let news = try NewsQueue<TravelNews>()
        let (stream, orders) = AsyncStream<Order>.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
        (self.history, self.news, self.orders) = (history, news, orders)
        // Unstructured because the main thread stays in `poll` for the console's life; `close` ends it.
        self.work = Task.detached(executorPreference: DiskThread()) { await Self.follow(stream, work) { news.put($0) } }
    }

    /// Readable while news wait; for `poll`.
    var readinessDescriptor: Int32 { news.descriptor }

    func takeNews() -> [TravelNews] { news.takeAll() }

    func put(_ entry: ScribeEntry) {
        guard history != nil else { return }
        waiting.append(entry)
        if waiting.count >= Self.batch { handOver() }
    }

    func perform(_ order: TravelOrder) {
        handOver()
        // The operator waits for an answer to every order.
        if case .dropped = orders.yield(.travel(order)) { news.put(.failed(TimeWords.slowDisk)) }
    }

    /// What was kept of the session goes with it.
    func close() {
        orders.finish()
        work.cancel()
        // A file that cannot be deleted now is by the next console.
        if let history { try? RecordingFiles.delete(history) }
    }

    private func handOver() {
        guard !waiting.isEmpty else { return }
        orders.yield(.write(waiting))
        waiting = []
    }

    private nonisolated static func follow(
        _ orders: AsyncStream<Order>, _ begin: () throws -> TimeWork, _ tell: @Sendable (TravelNews) -> Void
    ) async {
        var failure: SafeText?
        var work: TimeWork?
        do { work = try begin() } catch { failure = SafeText(String(describing: error)) }
        for await order in orders where !Task.isCancelled {
            do {
                switch order {
                case .write(let entries): try work?.write(entries)
                case .travel(let order):
                    if let failure { tell(.failed(failure)) } else if let news = try work?.answer(order) { tell(news) }
                }
            } catch {
                // What is written is still there to be looked at; nothing more is.
                work?.scribe = nil
                if case .travel = order { tell(.failed(SafeText(String(describing: error)))) }
            }
        }
    }
}

/// The files of a `TimeDesk`.
private struct TimeWork {
    var scribe: Scribe?
    private var path = ""
    private var reader: SliceReader?

    init(scribe: Scribe, path: String) {
        (self.scribe, self.path) = (scribe, path)
    }

    init(reader: SliceReader) {
        self.reader = reader
    }

    func write(_ entries: [ScribeEntry]) throws(RecordingFailure) {
        for entry in entries { try scribe?.write(entry) }
    }

    mutating func answer(_ order: TravelOrder) throws(RecordingFailure) -> TravelNews {
        if order != .readOn, !path.isEmpty {
            try scribe?.flush()
            if reader == nil { reader = try SliceReader(path: path) } else { try reader?.refresh() }
        }
        return reader?.answer(order) ?? .span(nil)
    }
}
