import FleetModel
import Synchronization

/// What the operator who leads an operation can say to it while it runs; heard with the next tick.
package final class OperationControls: Sendable {
    private let wishes = Mutex(Wishes())

    private struct Wishes {
        var cancel: Cancel?
        var isLeft = false
    }

    struct Cancel: Sendable, Equatable {
        var reason: String?
    }

    package init() {}

    /// Has the operation make the fleet safe and end.
    package func cancel(reason: String?) {
        wishes.withLock { $0.cancel = Cancel(reason: reason) }
    }

    /// Stops leading: what was ordered goes on by itself, and another may take over once the lease has ended.
    package func leave() {
        wishes.withLock { $0.isLeft = true }
    }

    /// The wish to cancel, once.
    func takeCancel() -> Cancel? {
        wishes.withLock { wishes in
            defer { wishes.cancel = nil }
            return wishes.cancel
        }
    }

    var isLeft: Bool { wishes.withLock { $0.isLeft } }
}
