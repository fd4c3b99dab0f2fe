import AdminAPI
import FleetModel

/// Lets workers serve again, at any step of their drain.
struct UndrainAct: ActSubject {
    let workers: [WorkerID]

    var title: SafeText { WorkerActWords.undrain(OperationWords.names(workers)) }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let lines = workers.flatMap { Self.consequences(for: $0, in: situation.fleet, alone: workers.count == 1) }
        return ActProposal(
            lines, deed: WorkerActWords.undrains(OperationWords.names(workers)),
            .undrain(workers, UndrainRequest(reason: answers.reason)))
    }

    private static func consequences(for worker: WorkerID, in fleet: Fleet, alone: Bool) -> [SafeText] {
        guard let drain = fleet.workers[worker]?.sample?.drain else {
            return [WorkerActWords.notDraining(SafeText(worker))]
        }
        let origin = FleetNarrator.origin(of: drain)
        let subject = alone ? WorkerActWords.itsDrain : WorkerActWords.drainOf(SafeText(worker))
        guard drain.phase != .drained else {
            return [WorkerActWords.isDrained(SafeText(worker), origin), WorkerActWords.acceptsAgainOthersStay]
        }
        let left = Figures.grouped(drain.remaining)
        return [WorkerActWords.stops(subject, origin, left)]
            + (alone ? [WorkerActWords.acceptsAgain] : [])
    }
}
