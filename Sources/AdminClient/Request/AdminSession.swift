import FleetModel
import Synchronization

/// What this process lowers itself to at every worker it talks to. The worker holds it to that.
package enum AdminSession {
    private static let lowered = Mutex<AccessRole?>(nil)

    /// nil for all that the workers grant.
    package static var role: AccessRole? { lowered.withLock { $0 } }

    /// A role is lowered for the life of the process, and never raised again.
    package static func lower(to role: AccessRole) {
        lowered.withLock { $0 = min($0 ?? role, role) }
    }
}
