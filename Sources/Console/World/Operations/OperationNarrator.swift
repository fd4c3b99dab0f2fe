import AdminAPI
import FleetModel

/// Tells in the events what happened to operations, whoever leads them.
struct OperationNarrator {
    let now: UnixTime

    func lines(from before: OperationBoard, to after: OperationBoard) -> [EventLine] {
        let operations = after.records.reversed().flatMap {
            lines(from: before[$0.id], to: $0, isFirst: before.records.isEmpty)
        }
        return operations + lever(from: before.safety, to: after.safety)
    }

    /// What must stay on the screen of whoever began an operation that came to no good end.
    func failure(from before: OperationRecord?, to after: OperationRecord) -> SafeText? {
        guard before?.outcome == nil, let outcome = after.outcome,
            OperationWords.severity(outcome.status) > .notice
        else { return nil }
        return
            OperationWords.ended(OperationWords.title(after.plan), outcome)
    }

    /// - Parameter isFirst: nothing was known before, so that what has ended is history.
    private func lines(from before: OperationRecord?, to after: OperationRecord, isFirst: Bool) -> [EventLine] {
        let title = OperationWords.title(after.plan)
        guard let before else {
            guard after.outcome == nil || !isFirst else { return [] }
            return [line(.notice, OperationWords.begun(title, SafeText(after.leader), reason(of: after)))]
                + end(of: after, title)
        }
        var lines: [EventLine] = []
        if before.leader != after.leader || before.origin != after.origin {
            lines.append(line(.notice, OperationWords.ledOn(title, SafeText(after.leader))))
        }
        if before.cancel == nil, let cancel = after.cancel {
            lines.append(line(.notice, OperationWords.toBeCancelled(title, SafeText(cancel.by))))
        }
        return lines + (before.outcome == nil ? end(of: after, title) : [])
    }

    private func end(of record: OperationRecord, _ title: SafeText) -> [EventLine] {
        guard let outcome = record.outcome else { return [] }
        let words = OperationWords.ended(title, outcome)
        return [line(OperationWords.severity(outcome.status), words)]
    }

    private func reason(of record: OperationRecord) -> SafeText {
        record.reason.map { $0.isEmpty ? "" : " \"\(SafeText($0))\"" } ?? ""
    }

    private func lever(from before: SafetyState?, to after: SafetyState?) -> [EventLine] {
        guard let after, before?.engaged != after.engaged, before != nil || after.engaged else { return [] }
        let words = OperationWords.lever(
            isEngaged: after.engaged, by: after.by.map { SafeText($0) }, because: after.reason.map { SafeText($0) })
        return [line(after.engaged ? .warning : .notice, words)]
    }

    private func line(_ severity: Severity, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: nil, words: words)
    }
}
