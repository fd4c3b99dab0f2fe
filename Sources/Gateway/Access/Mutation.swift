import AdminAPI
import FleetModel

/// One act that changes something, as it is judged and written down before it happens.
struct Mutation: Sendable {
    enum Place: Sendable, Equatable {
        /// Needs the fencing token of the running disruptive operation.
        case disruptive
        /// Stands alone; blocked while the safety lever is engaged.
        case single
        /// Makes the fleet safer or puts it back: allowed also with the lever engaged.
        case restoring
    }

    /// In the audit's words, such as `drain`.
    var action: String
    /// What it is done to, such as a worker, a pattern or a connection.
    var target: String
    var place: Place
    /// The least role.
    var role: AccessRole
    var reason: String?
    /// How that stands before.
    var before: String
    /// Of the plan that it carries out, where it begins one.
    var planHash: String?
}
