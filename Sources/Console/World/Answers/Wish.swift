import AdminAPI
import FleetModel

/// A question that a page wants answered while it is looked at.
struct Wish: Sendable, Equatable {
    /// Who is to be asked.
    enum Audience: Sendable, Equatable {
        /// Any worker: all know the same. Another one is asked when it fails.
        case anyone
        case everyone
        case worker(WorkerID)
    }

    let query: FleetQuery
    let audience: Audience
    /// Asked again when the answer is so old; nil for a question that is asked once.
    let every: Duration?
}
