import FleetModel

/// The report as lines that a person reads.
extension DrillReport {
    /// One line that says how it went.
    package var headline: String {
        let words = (verdict ?? .aborted).rawValue.uppercased()
        let gap = worstGap.map { Figures.exactSeconds($0).text } ?? "none"
        let limit = Figures.exactSeconds(maxRecovery).text
        let why = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
        return "\(words)\(why) (worst gap \(gap) of \(limit))"
    }

    /// Workers and critical messages, once all is known.
    package var story: [String] {
        workers.map(\.line) + [criticalLine, steadyLine].compactMap { $0 } + remains.map { "remains: " + $0 }
    }

    /// Such as `critical stream: 612 sent, 612 acknowledged, 0 lost, 0 twice`.
    var criticalLine: String? {
        let lanes = workers.compactMap { $0.lane(.stream) }
        guard !lanes.isEmpty else { return nil }
        let (sent, acknowledged) = (lanes.reduce(0) { $0 + $1.sent }, lanes.reduce(0) { $0 + $1.acknowledged })
        let (lost, twice) = (lanes.reduce(0) { $0 + $1.lost }, lanes.reduce(0) { $0 + $1.duplicated })
        return "critical stream: \(sent) sent, \(acknowledged) acknowledged, \(lost) lost, \(twice) twice"
    }

    var steadyLine: String? {
        guard let after else { return nil }
        let (p99, before) = (Figures.latency(after.p99.seconds), Figures.latency(baseline.p99.seconds))
        return "steady state held for \(Figures.exactSeconds(after.length.inSeconds)): p99 \(p99) (baseline \(before))"
    }
}

extension Double? {
    fileprivate var seconds: Duration? { map { .seconds($0) } }
}

extension WorkerAccount {
    /// Such as `gw1-w0  left 1.31 s, resubscribed 1.42 s  gap 0.33 s  lost 0  late 2  critical lost 0`.
    var line: String {
        var parts = ["\(SafeText(worker))"]
        if let left { parts.append("left \(Figures.exactSeconds(left))") }
        if let resubscribed { parts.append("resubscribed \(Figures.exactSeconds(resubscribed))") }
        parts.append("gap \(Figures.exactSeconds(gap))")
        for lane in lanes {
            parts.append(
                "\(lane.lane.rawValue): \(lane.received) received, \(lane.lost) lost, \(lane.duplicated) twice, "
                    + "\(lane.late) late")
        }
        return parts.joined(separator: "  ")
    }
}
