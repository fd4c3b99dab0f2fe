import FleetModel

/// Wall-clock time that never jumps: the moment at which it was made, plus what has passed since.
package struct SteadyClock: Sendable {
    private let read: @Sendable () -> UnixTime

    package init(startedAt: UnixTime) {
        let start = ContinuousClock.now
        read = { startedAt.advanced(by: start.duration(to: .now)) }
    }

    /// For tests: time is what `read` says.
    package init(reading read: @escaping @Sendable () -> UnixTime) {
        self.read = read
    }

    package var now: UnixTime { read() }
}
