import AdminAPI
import FleetModel
import Terminal

/// How operations go, whoever leads them.
extension ConsoleModel {
    /// Asks how the operations stand, when that is due.
    mutating func askOperations() -> [ConsoleEffect] {
        // Of several fleets one worker's answer would stand for all.
        guard !hasSeveralContexts else { return [] }
        let page = self.page as? OperationsPage
        let details = page.flatMap { wantedDetails($0) }
        return live.operationsInformant(isWatched: page != nil).map {
            [.ask(ControlQuestion(details: details), $0)]
        } ?? []
    }

    /// The operation whose steps are looked at; those of one that is led here are known.
    private func wantedDetails(_ page: OperationsPage) -> String? {
        guard let record = page.selected(in: live.operations) else { return nil }
        return acts.isOfThisConsole(record.id) ? nil : record.id
    }

    /// An operation that this console leads and that came to no good end stays an error until it is read.
    mutating func noteFailures(since before: OperationBoard) {
        let narrator = OperationNarrator(now: now)
        for record in live.operations.records where acts.isOfThisConsole(record.id) {
            if let words = narrator.failure(from: before[record.id], to: record) { acts.fail(words, at: now) }
        }
    }
}
