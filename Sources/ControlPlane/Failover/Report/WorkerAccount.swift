import AdminAPI
import FleetModel

/// What a drill was to one worker: when it moved, and what its clients would have missed.
package struct WorkerAccount: Sendable, Equatable, Codable {
    /// One way of messages, as this worker received it from every worker.
    package struct Lane: Sendable, Equatable, Codable {
        package var lane: ProbeLane
        /// By this worker.
        package var sent = 0
        package var acknowledged = 0
        /// From every worker, each once.
        package var received = 0
        /// Acknowledged to whoever sent it, and never received here.
        package var lost = 0
        package var duplicated = 0
        package var late = 0
        /// Seconds without any message, around or after the trigger.
        package var gap = 0.0

        private enum CodingKeys: String, CodingKey {
            case lane, sent, acknowledged, received, lost, duplicated, late
            case gap = "gap_seconds"
        }
    }

    package var worker: WorkerID
    /// Seconds from the trigger; nil for what did not happen.
    package var left: Double?
    package var resubscribed: Double?
    /// Until it had received again by both ways.
    package var recovered: Double?
    package var lanes: [Lane] = []

    package var gap: Double { lanes.map(\.gap).max() ?? 0 }
    package func lane(_ lane: ProbeLane) -> Lane? { lanes.first { $0.lane == lane } }

    private enum CodingKeys: String, CodingKey {
        case worker, lanes
        case left = "left_seconds"
        case resubscribed = "resubscribed_seconds"
        case recovered = "recovered_seconds"
    }
}

/// Puts together what all workers sent with what each received.
struct ProbeAudit {
    let reports: [ProbeReport]

    /// Who sent something that was acknowledged, by way.
    private func acknowledged(_ lane: ProbeLane) -> [(WorkerID, NumberRanges)] {
        reports.compactMap { report in
            report.sent.first { $0.lane == lane }.map { (report.worker, $0.acknowledged) }
        }
    }

    /// - Parameter trigger: by the worker's clock; gaps that ended before it are none of the drill's.
    func lanes(of report: ProbeReport, since trigger: UnixTime?) -> [WorkerAccount.Lane] {
        report.sent.map { sending in
            var lane = WorkerAccount.Lane(lane: sending.lane)
            lane.sent = sending.sent
            lane.acknowledged = sending.acknowledged.count
            for receipts in report.received where receipts.lane == sending.lane {
                lane.received += receipts.received.count
                lane.duplicated += receipts.duplicated
                lane.late += receipts.late
            }
            lane.lost = lost(sending.lane, at: report)
            lane.gap = gap(sending.lane, report, since: trigger)
            return lane
        }
    }

    /// What was sent before this worker listened does not count.
    private func lost(_ lane: ProbeLane, at report: ProbeReport) -> Int {
        acknowledged(lane).reduce(0) { sum, sent in
            let receipts = report.received.first { $0.sender == sent.0 && $0.lane == lane }
            let received = receipts?.received ?? NumberRanges()
            return sum + sent.1.count(from: received.first ?? 1, notIn: received)
        }
    }

    private func gap(_ lane: ProbeLane, _ report: ProbeReport, since trigger: UnixTime?) -> Double {
        let gaps = report.lanes.first { $0.lane == lane }?.gaps ?? []
        return gaps.filter { gap in trigger.map { gap.to >= $0 } ?? true }.map(\.length.inSeconds).max() ?? 0
    }
}
