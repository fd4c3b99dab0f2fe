import AdminAPI
import FleetModel
import Terminal

/// Operations that run and the last ones that ran; of the selected one its workers and its steps.
struct OperationsPage: ConsolePage {
    /// nil until the operator chooses: then the one that runs is meant, or the latest.
    var chosen: String?
    /// Steps scrolled past, from the latest.
    var scroll = 0

    let kind = PageKind.operations
    var title: SafeText { PageWords.name(.operations) }

    private static let page = 5

    func selected(in board: OperationBoard) -> OperationRecord? {
        chosen.flatMap { board[$0] } ?? board.running ?? board.records.first
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(OperationsView(context: context, place: self), in: area, glyphs: context.glyphs)
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let board = context.world.operations
        switch action {
        case .up: select(-1, in: board)
        case .down: select(1, in: board)
        case .pageUp: scroll = max(0, scroll - Self.page)
        case .pageDown: scroll = min(scroll + Self.page, OperationRecord.maximumSteps)
        case .cancelOperation: return ask(context) { CancelAct(operation: $0) }
        case .takeOver: return ask(context) { TakeOverAct(operation: $0) }
        case .operations: return .ignored
        default: return .ignored
        }
        return .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        guard let record = selected(in: context.world.operations), record.outcome == nil,
            context.world.operations.may(record.plan.kind.role)
        else { return nil }
        switch action {
        case .cancelOperation: return OperationPageWords.cancel
        case .takeOver:
            return record.isAbandoned(at: context.world.fleet.workersTime) ? OperationPageWords.takeOver : nil
        default: return nil
        }
    }

    private func ask(_ context: PageContext, _ subject: (OperationRecord) -> any ActSubject) -> PageAnswer {
        let board = context.live.operations
        guard let record = selected(in: board), record.outcome == nil else { return .hint(HintWords.ended) }
        let needed = max(.operator, record.plan.kind.role)
        guard board.may(needed) else {
            return .hint(
                HintWords.role(SafeText(needed.rawValue), SafeText((board.role ?? .viewer).rawValue)))
        }
        return .ask(subject(record))
    }

    private mutating func select(_ step: Int, in board: OperationBoard) {
        let ids = board.records.map(\.id)
        guard let current = selected(in: board)?.id, let index = ids.firstIndex(of: current) else { return }
        chosen = ids[max(0, min(index + step, ids.count - 1))]
        scroll = 0
    }
}
