import AdminAPI
import AdminClient
import Console
import FleetModel
import Glibc
import Recording

/// Writes what the console is told to a file that the operator named, off the main thread.
@MainActor
final class RecordingDesk {
    /// How a recording stands.
    enum News: Sendable {
        case wrote(ByteCount, samples: Int)
        /// Everything is written.
        case ended(ByteCount, samples: Int)
        case failed(RecordingFailure)
    }

    private let entries: AsyncStream<ScribeEntry>.Continuation
    private let news: NewsQueue<News>
    private let work: Task<Void, Never>
    /// Batches that the disk was too slow for.
    private(set) var dropped = 0

    /// Batches that may wait for the disk: some minutes of a fleet.
    private static let maximumWaiting = 512

    init(path: String, fleet: SafeText, policy: RecordingPolicy = RecordingPolicy()) throws {
        let news = try NewsQueue<News>()
        let (stream, entries) = AsyncStream<ScribeEntry>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
        (self.news, self.entries) = (news, entries)
        // Unstructured because the main thread stays in `poll`; `end` and `close` end it.
        work = Task.detached(executorPreference: DiskThread()) {
            await Self.write(stream, path, fleet, policy) { news.put($0) }
        }
    }

    /// Readable while news wait; for `poll`.
    var readinessDescriptor: Int32 { news.descriptor }

    func takeNews() -> [News] { news.takeAll() }

    func put(_ entry: ScribeEntry) {
        if case .dropped = entries.yield(entry) { dropped += 1 }
    }

    /// Writes what waits; `ended` then tells that it is done.
    func end() { entries.finish() }

    /// The same, and waits for it so long at most: a disk that hangs must not keep the operator.
    func end(within limit: Duration) {
        entries.finish()
        let deadline = UnixTime.now.advanced(by: limit)
        while UnixTime.now < deadline {
            for news in news.takeAll() {
                switch news {
                case .wrote: break
                case .ended, .failed: return
                }
            }
            var polled = pollfd(fd: news.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&polled, 1, Int32(clamping: max(1, UnixTime.now.duration(to: deadline).wholeMilliseconds)))
        }
    }

    /// Waits until everything is written, for a process that ends.
    func close() async {
        entries.finish()
        await work.value
    }

    private nonisolated static func write(
        _ entries: AsyncStream<ScribeEntry>, _ path: String, _ fleet: SafeText, _ policy: RecordingPolicy,
        _ tell: @Sendable (News) -> Void
    ) async {
        do throws(RecordingFailure) {
            let scribe = try Scribe(path: path, fleet: fleet, policy: policy)
            for await entry in entries {
                try scribe.write(entry)
                if case .tick = entry { tell(.wrote(scribe.written, samples: scribe.samples)) }
            }
            try scribe.flush()
            tell(.ended(scribe.written, samples: scribe.samples))
        } catch {
            tell(.failed(error))
        }
    }
}
