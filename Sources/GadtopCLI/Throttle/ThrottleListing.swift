import AdminAPI
import ArgumentParser
import FleetModel

/// `gadtop get throttles`
struct GetThrottlesCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "throttles", abstract: "Print the throttles of the fleet, with what they held back.",
        discussion: """
            A hit is a message that was refused or not delivered; the wide table has them by worker.

            Examples:
              gadtop get throttles
              gadtop get throttles -o wide --watch
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws { try await ThrottleListing.print(options) }
}

/// `gadtop throttle list`
struct ListThrottlesCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the throttles of the fleet; the same as 'gadtop get throttles'.",
        discussion: """
            Examples:
              gadtop throttle list
              gadtop throttle list -o json | jq '.[] | select(.left_seconds < 60)'
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws { try await ThrottleListing.print(options) }
}

/// The throttles of a fleet, merged over its workers and printed.
struct ThrottleListing {
    struct Line {
        var rule: ThrottleRule
        /// Until it ends by itself, by the clock of a worker that keeps to it.
        var left: Duration
        var items: [(worker: WorkerID, item: ThrottleList.Item)] = []

        var hits: UInt64 { items.reduce(0) { $0 + $1.item.hits } }
        var passed: UInt64 { items.reduce(0) { $0 + $1.item.passed } }
        var share: Double { items.map(\.item.sharePerSecond).min() ?? 0 }
    }

    let lines: [Line]

    /// - Parameter now: our own clock, for workers that do not tell theirs.
    init(_ answers: [(worker: WorkerID, value: ThrottleList)], now: UnixTime) {
        var merged: [RoomPattern: Line] = [:]
        for (worker, list) in answers {
            for item in list.items {
                let left = max(.zero, (list.at ?? now).duration(to: item.rule.expiresAt))
                merged[item.rule.pattern, default: Line(rule: item.rule, left: left)].items.append((worker, item))
            }
        }
        lines = merged.values.sorted { $0.rule.pattern < $1.rule.pattern }
    }

    @MainActor
    fileprivate static func print(_ options: GetOptions) async throws {
        let fleet = try await ActFleet.open(options.fleet)
        try await options.print {
            let (answers, silent): ([(worker: WorkerID, value: ThrottleList)], [WorkerID]) = try await fleet.all(
                .throttles)
            for worker in silent { Print.error("warning: \(SafeText(worker)) is left out: it does not answer") }
            return Look(
                text: ThrottleListing(answers, now: .now).text(as: options.output),
                missing: .leftOut(silent.count, of: fleet.endpoints.count))
        }
    }

    func text(as format: OutputFormat) -> String {
        switch format {
        case .table: table(wide: false)
        case .wide: table(wide: true)
        case .json: OutputRecord.json(lines.map(record))
        case .csv: OutputRecord.csv(lines.map(record), columns: Self.csvColumns)
        }
    }

    private static let csvColumns = [
        "pattern", "rate_per_second", "share_per_second", "left_seconds", "hits", "passed", "overrides_critical",
        "set_by", "set_at", "expires_at", "reason",
    ]

    private func table(wide: Bool) -> String {
        let heads: [TextTable.Column] = [
            .init("PATTERN", .left), .init("RATE"), .init("ENDS IN"), .init("HITS"), .init("PASSED"),
            .init("BY", .left), .init("REASON", .left),
        ]
        var table = TextTable(heads + (wide ? [.init("SHARE"), .init("HITS BY WORKER", .left)] : []))
        table.rows = lines.map { row($0, wide: wide) }
        return table.text
    }

    private func row(_ line: Line, wide: Bool) -> [SafeText] {
        let rule = line.rule
        let cells: [SafeText] = [
            SafeText(rule.pattern), Self.rate(rule.ratePerSecond), Figures.wait(line.left), Figures.exact(line.hits),
            Figures.exact(line.passed), SafeText(rule.setBy), SafeText(rule.reason ?? ""),
        ]
        guard wide else { return cells }
        let hits = line.items.map { "\(SafeText($0.worker)): \(Figures.exact($0.item.hits))" }
        return cells + [Self.rate(line.share), SafeText(hits.joined(separator: ", "))]
    }

    private static func rate(_ perSecond: Double) -> SafeText {
        perSecond == perSecond.rounded()
            ? Figures.exact(Figures.whole(perSecond)) + "/s" : Figures.tenths(perSecond) + "/s"
    }

    private func record(_ line: Line) -> OutputRecord {
        let rule = line.rule
        let byWorker = line.items.map { ($0.worker.rawValue, OutputValue.integer($0.item.hits)) }
        return OutputRecord(fields: [
            ("pattern", .text(SafeText(rule.pattern))), ("rate_per_second", .number(rule.ratePerSecond)),
            ("share_per_second", .number(line.share)), ("left_seconds", .seconds(line.left)),
            ("hits", .integer(line.hits)), ("passed", .integer(line.passed)),
            ("overrides_critical", .boolean(rule.overridesCritical)), ("set_by", .text(rule.setBy)),
            ("set_at", .time(rule.setAt)), ("expires_at", .time(rule.expiresAt)), ("reason", .text(rule.reason)),
            ("workers", .record(OutputRecord(fields: byWorker))),
        ])
    }
}
