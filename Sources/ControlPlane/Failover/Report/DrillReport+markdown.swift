import FleetModel

extension DrillReport {
    /// The report as Markdown, to be kept with the minutes of the exercise.
    package var markdown: String {
        [heading, summary, preflightTable, timelineBlock, workerTable, remainsList].filter { !$0.isEmpty }
            .joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let name = number.map { "Failover drill #\($0)" } ?? "Failover drill"
        return "# \(name): \((verdict ?? .aborted).rawValue.uppercased())"
    }

    private var summary: String {
        var lines = ["- mode: \(mode.rawValue), master `\(Self.cell(master))`"]
        if let startedAt { lines.append("- started: \(startedAt)") }
        if let by { lines.append("- by: \(Self.cell(by))" + (reason.map { ", \"\(Self.cell($0))\"" } ?? "")) }
        if let operation { lines.append("- operation: `\(Self.cell(operation))`") }
        lines.append("- primary: `\(Self.cell(oldPrimary))`" + (newPrimary.map { " → `\(Self.cell($0))`" } ?? ""))
        if let recovery {
            let limit = Figures.exactSeconds(maxRecovery)
            lines.append("- every worker received again after \(Figures.exactSeconds(recovery)) (at most \(limit))")
        }
        if let worstGap { lines.append("- worst gap of a worker: \(Figures.exactSeconds(worstGap))") }
        lines += [criticalLine, steadyLine].compactMap { $0.map { "- " + $0 } }
        lines += reasons.map { "- **\(Self.cell($0))**" }
        return lines.joined(separator: "\n")
    }

    private var preflightTable: String {
        guard !preflight.isEmpty else { return "" }
        let rows = preflight.map { "| \($0.check) | \($0.answer) | \(Self.cell($0.words)) |" }
        return (["## Preflight", "", "| check | answer | |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private var timelineBlock: String {
        guard !timeline.isEmpty else { return "" }
        let lines = timeline.map { moment in
            let time = Figures.exactSeconds(moment.after).text
            return String(repeating: " ", count: max(0, 9 - time.count)) + time + "  " + SafeText(moment.words).text
        }
        return (["## Timeline", "", "Seconds from the trigger.", "", "```"] + lines + ["```"]).joined(separator: "\n")
    }

    private var workerTable: String {
        guard !workers.isEmpty else { return "" }
        let rows = workers.flatMap { account in account.lanes.map { Self.row(account, $0) } }
        return
            ([
                "## Workers", "",
                "| worker | left | resubscribed | way | sent | acknowledged | received | lost | twice | late | gap |",
                "|---|---|---|---|---|---|---|---|---|---|---|",
            ] + rows).joined(separator: "\n")
    }

    private static func row(_ account: WorkerAccount, _ lane: WorkerAccount.Lane) -> String {
        let times = [account.left, account.resubscribed].map { $0.map { Figures.exactSeconds($0).text } ?? "-" }
        let counts = [lane.sent, lane.acknowledged, lane.received, lane.lost, lane.duplicated, lane.late]
        let cells =
            [cell(account.worker.rawValue)] + times + [lane.lane.rawValue] + counts.map(String.init)
            + [Figures.exactSeconds(lane.gap).text]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private var remainsList: String {
        let lines = remains.isEmpty ? ["Nothing: all is as before."] : remains.map { "- " + Self.cell($0) }
        return (["## What remains", ""] + lines).joined(separator: "\n")
    }

    /// Text from outside in a table's cell.
    private static func cell(_ text: String) -> String {
        SafeText(text).text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
