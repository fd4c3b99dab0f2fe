/// Closes of the last minute by code over all workers, by second.
package struct CloseTally: Sendable, Equatable {
    private var current: [UInt16: UInt64] = [:]
    /// By tick, the latest last.
    private var seconds: [[UInt16: UInt64]] = []

    package static let length = 60
    /// More codes than RFC 6455 and our own table have; of those beyond it nobody could read a table either.
    package static let maximumCodes = 64

    /// Within the last minute.
    package var byCode: [UInt16: UInt64] {
        seconds.reduce(into: [:]) { sums, second in sums.merge(second) { $0 &+ $1 } }
    }

    mutating func add(from earlier: WorkerSample, to later: WorkerSample) {
        guard earlier.startedAt == later.startedAt, earlier.closes != later.closes else { return }
        for close in later.closes {
            let before = earlier.closes.first { $0.code == close.code }?.count ?? 0
            guard close.count > before, current[close.code] != nil || current.count < Self.maximumCodes else {
                continue
            }
            current[close.code, default: 0] &+= close.count - before
        }
    }

    mutating func tick() {
        if seconds.count == Self.length { seconds.removeFirst() }
        seconds.append(current)
        current = [:]
    }
}
