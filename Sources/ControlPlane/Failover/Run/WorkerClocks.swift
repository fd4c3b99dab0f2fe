import AdminAPI
import FleetModel

/// Brings the times of workers to the clock of whoever leads.
struct WorkerClocks: Sendable, Equatable {
    private var offsets: [WorkerID: Duration] = [:]

    /// Clocks that agree better than this are taken as they are: an answer takes milliseconds on its way.
    static let tolerance: Duration = .milliseconds(250)

    /// Takes note that a worker's clock showed `time` at `now` or just before.
    mutating func note(_ worker: WorkerID, _ time: UnixTime, at now: UnixTime) {
        let offset = time.duration(to: now)
        // The quickest answer tells best.
        if offset.magnitude < offsets[worker]?.magnitude ?? .seconds(1_000_000) { offsets[worker] = offset }
    }

    /// A worker's time by the leader's clock.
    func here(_ time: UnixTime, of worker: WorkerID) -> UnixTime { time.advanced(by: correction(worker)) }

    /// The leader's time by a worker's clock.
    func there(_ time: UnixTime, of worker: WorkerID) -> UnixTime { time.advanced(by: .zero - correction(worker)) }

    private func correction(_ worker: WorkerID) -> Duration {
        guard let offset = offsets[worker], offset.magnitude > Self.tolerance else { return .zero }
        return offset
    }
}

extension Duration {
    var magnitude: Duration { self < .zero ? .zero - self : self }
}
