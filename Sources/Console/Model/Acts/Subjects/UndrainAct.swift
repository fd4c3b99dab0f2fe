import AdminAPI
import FleetModel

/// Lets workers serve again, at any step of their drain.
struct UndrainAct: ActSubject {
    let workers: [WorkerID]

    var title: SafeText { "Undrain \(OperationWords.names(workers))" }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let lines = workers.flatMap { Self.consequences(for: $0, in: situation.fleet, alone: workers.count == 1) }
        return ActProposal(
            lines, deed: "undrains \(OperationWords.names(workers))",
            .undrain(workers, UndrainRequest(reason: answers.reason)))
    }

    private static func consequences(for worker: WorkerID, in fleet: Fleet, alone: Bool) -> [SafeText] {
        guard let drain = fleet.workers[worker]?.sample?.drain else {
            return ["\(worker) is not being drained any more."]
        }
        let origin = FleetNarrator.origin(of: drain)
        let subject: SafeText = alone ? "Its drain" : "\(worker): the drain"
        guard drain.phase != .drained else {
            return [
                "\(worker) is drained\(origin).",
                "It accepts connections again; those that left stay where they are.",
            ]
        }
        let left = Figures.grouped(drain.remaining)
        return ["\(subject)\(origin) stops; \(left) connections stay."]
            + (alone ? ["It accepts connections again."] : [])
    }
}
