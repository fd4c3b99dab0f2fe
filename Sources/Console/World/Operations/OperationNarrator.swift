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
            "\(OperationWords.title(after.plan)) \(OperationWords.status(outcome.status)): \(SafeText(outcome.words))"
    }

    /// - Parameter isFirst: nothing was known before, so that what has ended is history.
    private func lines(from before: OperationRecord?, to after: OperationRecord, isFirst: Bool) -> [EventLine] {
        let title = OperationWords.title(after.plan)
        guard let before else {
            guard after.outcome == nil || !isFirst else { return [] }
            return [line(.notice, "\(title) by \(SafeText(after.leader))\(reason(of: after))")] + end(of: after, title)
        }
        var lines: [EventLine] = []
        if before.leader != after.leader || before.origin != after.origin {
            lines.append(line(.notice, "\(title) is led by \(SafeText(after.leader)) from here on"))
        }
        if before.cancel == nil, let cancel = after.cancel {
            lines.append(line(.notice, "\(title) is to be cancelled, says \(SafeText(cancel.by))"))
        }
        return lines + (before.outcome == nil ? end(of: after, title) : [])
    }

    private func end(of record: OperationRecord, _ title: SafeText) -> [EventLine] {
        guard let outcome = record.outcome else { return [] }
        let words: SafeText = "\(title) \(OperationWords.status(outcome.status)): \(SafeText(outcome.words))"
        return [line(OperationWords.severity(outcome.status), words)]
    }

    private func reason(of record: OperationRecord) -> SafeText {
        record.reason.map { $0.isEmpty ? "" : " \"\(SafeText($0))\"" } ?? ""
    }

    private func lever(from before: SafetyState?, to after: SafetyState?) -> [EventLine] {
        guard let after, before?.engaged != after.engaged, before != nil || after.engaged else { return [] }
        let who: SafeText = after.by.map { " by \(SafeText($0))" } ?? ""
        let why: SafeText = after.reason.map { ": \(SafeText($0))" } ?? ""
        return [
            after.engaged
                ? line(.warning, "safety lever engaged\(who)\(why)")
                : line(.notice, "safety lever released\(who)\(why)")
        ]
    }

    private func line(_ severity: Severity, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: nil, words: words)
    }
}
