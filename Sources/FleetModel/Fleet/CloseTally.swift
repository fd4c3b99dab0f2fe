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

    /// Most workers close nothing in most seconds, and name their codes in the same order each time.
    mutating func add(from earlier: SharedSample, to later: SharedSample) {
        guard earlier.value.startedAt == later.value.startedAt else { return }
        let (before, after) = (earlier.value.closes, later.value.closes)
        for (index, close) in after.enumerated() {
            let isInPlace = index < before.count && before[index].code == close.code
            let old = isInPlace ? before[index].count : before.first { $0.code == close.code }?.count ?? 0
            if close.count > old { add(close.count - old, of: close.code) }
        }
    }

    private mutating func add(_ count: UInt64, of code: UInt16) {
        guard current[code] != nil || current.count < Self.maximumCodes else { return }
        current[code, default: 0] &+= count
    }

    mutating func tick() {
        if seconds.count == Self.length { seconds.removeFirst() }
        seconds.append(current)
        current = [:]
    }
}
