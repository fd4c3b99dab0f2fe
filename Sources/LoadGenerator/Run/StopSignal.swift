import Synchronization

/// Whether the run has been asked to stop; asked from a signal's handler, looked at by the run.
package final class StopSignal: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package var isRaised: Bool { flag.load(ordering: .acquiring) }

    /// - Returns: whether it was raised before.
    @discardableResult
    package func raise() -> Bool { flag.exchange(true, ordering: .acquiringAndReleasing) }
}
