import AdminAPI
import FleetModel

extension World {
    /// Whom to ask for what a page wishes.
    /// - Parameter contexts: where several fleets are looked at, one worker of each speaks for its own.
    func workers(for wish: Wish, contexts: [String] = []) -> [WorkerID] {
        switch wish.audience {
        case .everyone: return askable
        case .worker(let worker): return askable.contains(worker) ? [worker] : []
        case .anyone where contexts.count > 1:
            return contexts.compactMap { context in askable.first { $0.context == context } }
        case .anyone:
            // One that failed is passed over: the next in the order of names is asked.
            guard let last = answers[wish.query], let failed = last.failures.first?.worker else {
                return askable.first.map { [$0] } ?? []
            }
            return (askable.first { $0 > failed } ?? askable.first).map { [$0] } ?? []
        }
    }
}
