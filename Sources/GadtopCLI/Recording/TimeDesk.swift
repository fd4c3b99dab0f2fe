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
        case stop
    }

    private let orders: Inbox<Order>
    private let news: NewsQueue<TravelNews>
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
        let (news, orders) = (try NewsQueue<TravelNews>(), try Inbox<Order>())
        (self.history, self.news, self.orders) = (history, news, orders)
        // A thread of its own, because it waits for the disk.
        let started = DedicatedThread.start { Self.follow(orders, work) { news.put($0) } }
        guard started else { throw AdminClientFailure.noThread }
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
        if !orders.put(.travel(order), limit: Self.maximumWaiting) { news.put(.failed(TimeWords.slowDisk)) }
    }

    /// What was kept of the session goes with it.
    func close() {
        orders.put(.stop)
        // A file that cannot be deleted now is by the next console.
        if let history { try? RecordingFiles.delete(history) }
    }

    private func handOver() {
        guard !waiting.isEmpty else { return }
        _ = orders.put(.write(waiting), limit: Self.maximumWaiting)
        waiting = []
    }

    private nonisolated static func follow(
        _ inbox: Inbox<Order>, _ begin: () throws -> TimeWork, _ tell: (TravelNews) -> Void
    ) {
        var failure: SafeText?
        var work: TimeWork?
        do { work = try begin() } catch { failure = SafeText(String(describing: error)) }
        var wake = [pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0)]
        while true {
            poll(&wake, 1, -1)
            for order in inbox.takeAll() {
                switch order {
                case .write(let entries): write(entries, &work)
                case .travel(let order): tell(failure.map { .failed($0) } ?? answer(order, &work))
                case .stop: return
                }
            }
        }
    }

    private nonisolated static func write(_ entries: [ScribeEntry], _ work: inout TimeWork?) {
        do {
            try work?.write(entries)
        } catch {
            // What is written is still there to be looked at; nothing more is.
            work?.scribe = nil
        }
    }

    private nonisolated static func answer(_ order: TravelOrder, _ work: inout TimeWork?) -> TravelNews {
        do {
            return try work?.answer(order) ?? .span(nil)
        } catch {
            work?.scribe = nil
            return .failed(SafeText(String(describing: error)))
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
