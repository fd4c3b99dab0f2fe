import AdminAPI
import FleetModel

extension World {
    /// Whom to ask for what a page wishes.
    func workers(for wish: Wish) -> [WorkerID] {
        switch wish.audience {
        case .everyone: return askable
        case .worker(let worker): return askable.contains(worker) ? [worker] : []
        case .anyone:
            // One that failed is passed over: the next in the order of names is asked.
            guard let last = answers[wish.query], let failed = last.failures.first?.worker else {
                return askable.first.map { [$0] } ?? []
            }
            return (askable.first { $0 > failed } ?? askable.first).map { [$0] } ?? []
        }
    }
}
