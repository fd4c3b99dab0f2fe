import FleetModel

/// Time for whoever runs an operation.
package struct RunnerClock: Sendable {
    let now: @Sendable () -> UnixTime
    let sleep: @Sendable (Duration) async throws -> Void

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
