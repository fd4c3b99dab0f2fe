import AdminAPI
import FleetModel

/// Keeps one sample that is old enough for rates up to the newest.
///
/// A worker makes a sample every few seconds for its own use, whoever asks besides; so what is kept is seconds old.
struct SampleHistory: Sendable {
    /// At least `leastAge` older than the newest sample; nil in a worker's first moments.
    private(set) var earlier: WorkerSample?
    private var next: WorkerSample?

    /// Rates over less jump from one answer to the next.
    static let leastAge: Duration = .seconds(1)

    /// - Parameter sample: newer than all before it.
    mutating func note(_ sample: WorkerSample) {
        guard let next else { return self.next = sample }
        guard next.time.duration(to: sample.time) >= Self.leastAge else { return }
        earlier = next
        self.next = sample
    }
}
