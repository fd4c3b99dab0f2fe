import FleetModel

/// Time for whoever runs an operation.
package struct RunnerClock: Sendable {
    let now: @Sendable () -> UnixTime
    let sleep: @Sendable (Duration) async throws -> Void

    /// The wall clock as it is now, moved on by the time that passes from here: whoever sets the clock meanwhile
    /// brings no deadline nearer.
    package static func steady() -> RunnerClock {
        let (start, wall) = (ContinuousClock.now, UnixTime.now)
        return RunnerClock(now: { wall.advanced(by: start.duration(to: .now)) })
    }

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - sleep: throws when the task is cancelled.
    package init(
        now: @escaping @Sendable () -> UnixTime,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.sleep = sleep
    }
}
