import AdminAPI
import FleetModel
import Terminal

// MARK: - Asking and hearing

extension ConsoleModel {
    /// Asks how the operations stand, when that is due.
    mutating func askOperations() -> [ConsoleEffect] {
        let isWatched = if case .operations = mode { true } else { false }
        return operations.question(in: fleet, at: now, isWatched: isWatched).map {
            [.ask(ControlQuestion(details: wantedDetails), $0)]
        } ?? []
    }

    /// The operation whose steps are looked at; those of one that is led here are known.
    private var wantedDetails: String? {
        guard case .operations(let page) = mode, let record = page.selected(in: operations) else { return nil }
        return acts.led.values.contains(record.id) ? nil : record.id
    }

    mutating func hear(_ report: ControlReport, _ news: inout [EventLine]) {
        let fleet = fleet
        news += told { $0.hear(report, in: fleet) }
    }

    /// Takes news of operations in, and tells in the events of what began, ended, or failed.
    mutating func tell(_ change: (inout OperationBoard) -> Void) {
        log.append(contentsOf: told(change))
    }

    private mutating func told(_ change: (inout OperationBoard) -> Void) -> [EventLine] {
        let before = operations
        change(&operations)
        let narrator = OperationNarrator(now: now)
        for record in operations.records where acts.isOfThisConsole(record.id) {
            if let words = narrator.failure(from: before[record.id], to: record) { acts.fail(words, at: now) }
        }
        return narrator.lines(from: before, to: operations)
    }
}

// MARK: - The page

extension ConsoleModel {
    mutating func openOperations() -> [ConsoleEffect] {
        mode = .operations(OperationsPage())
        operations.askSoon()
        return askOperations()
    }

    mutating func press(_ key: Key, in page: OperationsPage) -> [ConsoleEffect] {
        var page = page
        switch key {
        case .character("c"): return ask(to: .operator, about: page) { CancelAct(operation: $0) }
        case .character("t"): return ask(to: .operator, about: page) { TakeOverAct(operation: $0) }
        case .character("x"): acts.dismissFailure()
        case .escape, .enter, .character("q"), .character("o"): mode = .overview
        default:
            page.move(key, in: operations)
            mode = .operations(page)
            operations.askSoon()
            return askOperations()
        }
        return []
    }

    private mutating func ask(
        to least: AccessRole, about page: OperationsPage, _ subject: (OperationRecord) -> any ActSubject
    ) -> [ConsoleEffect] {
        guard let record = page.selected(in: operations), record.outcome == nil else {
            hint = "This operation has ended"
            return []
        }
        let needed = max(least, record.plan.kind.role)
        guard operations.may(needed) else {
            hint = "This takes the role \(SafeText(needed.rawValue))"
            return []
        }
        open(subject(record), over: .operations(page))
        return []
    }
}

extension OperationsPage {
    fileprivate mutating func move(_ key: Key, in board: OperationBoard) {
        switch key {
        case .up, .character("k"): select(-1, in: board)
        case .down, .character("j"): select(1, in: board)
        case .pageUp: scroll = max(0, scroll - Self.page)
        case .pageDown: scroll = min(scroll + Self.page, OperationRecord.maximumSteps)
        default: break
        }
    }

    private mutating func select(_ step: Int, in board: OperationBoard) {
        let ids = board.records.map(\.id)
        guard let current = selected(in: board)?.id, let index = ids.firstIndex(of: current) else { return }
        chosen = ids[max(0, min(index + step, ids.count - 1))]
        scroll = 0
    }

    private static let page = 5
}
