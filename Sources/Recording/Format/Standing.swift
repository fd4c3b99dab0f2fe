import AdminAPI
import FleetModel

/// Who is known and who is not heard at a moment: what a reader that begins there must be told.
struct Standing: Equatable, Sendable {
    /// Each worker with why it is not heard; nil where it is.
    private(set) var workers: [WorkerID: String?] = [:]
    private(set) var lookupFailure: String?

    init(workers: [WorkerID: String?] = [:], lookupFailure: String? = nil) {
        self.workers = workers
        self.lookupFailure = lookupFailure
    }

    mutating func hear(_ content: Record.Content) {
        switch content {
        case .began: self = Standing()
        case .event(let event): hear(event)
        case .answer: break
        }
    }

    private mutating func hear(_ event: FleetEvent) {
        switch event {
        case .appeared(let worker): know(worker, lost: nil)
        case .vanished(let worker): workers.removeValue(forKey: worker)
        case .sample(let sample): know(sample.value.worker, lost: nil)
        case .lost(let worker, let reason): know(worker, lost: reason)
        case .lookup(let failure): lookupFailure = failure
        case .control: break
        }
    }

    private mutating func know(_ worker: WorkerID, lost: String?) {
        guard workers[worker] != nil || workers.count < RecordingLimits.maximumStanding else { return }
        workers.updateValue(lost, forKey: worker)
    }

    /// What must be told to whoever knows `self`, so that they know `other`.
    func changes(to other: Standing) -> [FleetEvent] {
        let gone = workers.keys.filter { other.workers[$0] == nil }.sorted().map(FleetEvent.vanished)
        let come = other.workers.keys.filter { workers[$0] == nil }.sorted().map(FleetEvent.appeared)
        let lost = other.workers.sorted { $0.key < $1.key }.compactMap { worker, reason -> FleetEvent? in
            guard let reason, workers[worker] != .some(reason) else { return nil }
            return .lost(worker, reason: reason)
        }
        let lookup = lookupFailure == other.lookupFailure ? [] : [FleetEvent.lookup(failure: other.lookupFailure)]
        return gone + come + lost + lookup
    }
}
