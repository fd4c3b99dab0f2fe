import AdminAPI
import FleetModel
import HTTPTypes
import Hummingbird
import NIOCore

/// Pushes a worker's samples to one reader, at multiples of the interval of the wall clock.
///
/// All workers of a fleet push at the same moments, so that a reader of hundreds of them wakes once an interval. A
/// reader that does not keep up misses samples: the next is made when the one before it is taken.
struct SampleStream: Sendable {
    let source: SampleSource
    let format: SampleFormat
    let interval: Duration

    /// In milliseconds: faster serves no reader, and slower is what `stats` is for.
    static let intervals = 100...60_000
    static let standardInterval = 1_000

    func response() -> Response {
        Response(
            status: .ok, headers: [.contentType: format.rawValue, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                var due = await source.now
                try await writer.write(source.encoded(format, notBefore: due))
                while true {
                    due = Self.next(after: due, now: await source.now, interval: interval)
                    try await Task.sleep(for: await source.now.duration(to: due), tolerance: .zero)
                    try await writer.write(source.encoded(format, notBefore: due))
                }
            })
    }

    /// The first multiple of the interval after both moments.
    static func next(after due: UnixTime, now: UnixTime, interval: Duration) -> UnixTime {
        let step = interval.wholeMicroseconds
        return UnixTime(microseconds: (max(due, now).microseconds / step + 1) * step)
    }
}
