import AdminAPI
import FleetModel

/// Whether one worker's load asks for more workers: the blueprint's §6.1, since CPU and request latency say little of
/// WebSockets.
enum ScaleSignal {
    /// Percentages of fewer connections than these are chance.
    private static let smallestCrowd = 100
    /// Twice the workers at once is as fast as anyone should grow on what are symptoms, not sizes.
    private static let largestPressure = 2.0

    struct Inputs: Sendable {
        var state: WorkerState
        var connections: Int
        /// The most connections of the last minute.
        var crowd: Int
        /// Part of them that ended within the last minute without being asked to.
        var churn: Double
        /// Of the last minute; nil when no message was written.
        var latencyP95: Duration?
        var queueShare: Double
        var loopLag: Duration
    }

    static func report(_ worker: WorkerID, _ inputs: Inputs, _ policy: ScalePolicy) -> ScaleReport {
        let figures = figures(inputs, policy)
        let ratio = pressure(figures)
        var report = ScaleReport(
            worker: worker, signal: .hold, desired: (ratio * 1_000).rounded() / 1_000, reasons: [], inputs: figures)
        guard inputs.state == .active else {
            report.desired = 1
            report.reasons = ["the worker is \(inputs.state.rawValue): its load says nothing of the fleet's"]
            return report
        }
        let excesses = excesses(figures)
        if !excesses.isEmpty {
            report.signal = .out
            report.reasons = excesses
        } else if ratio < policy.scaleInBelow {
            report.signal = .in
            report.reasons = ["every figure is under \(percent(policy.scaleInBelow)) of its bound"]
        }
        return report
    }

    private static func figures(_ inputs: Inputs, _ policy: ScalePolicy) -> ScaleReport.Inputs {
        let churn = inputs.crowd >= smallestCrowd ? inputs.churn : 0
        return ScaleReport.Inputs(
            connections: BoundedFigure(Double(inputs.connections), bound: Double(policy.connections)),
            churnPerMinute: BoundedFigure(churn, bound: policy.churnPerMinute),
            latencyP95Seconds: BoundedFigure(
                (inputs.latencyP95 ?? .zero).inSeconds, bound: policy.latencyP95.inSeconds),
            queueShare: BoundedFigure(inputs.queueShare, bound: policy.queueShare),
            loopLagSeconds: BoundedFigure(inputs.loopLag.inSeconds, bound: policy.loopLag.inSeconds))
    }

    private static func pressure(_ inputs: ScaleReport.Inputs) -> Double {
        let symptoms = [inputs.churnPerMinute, inputs.latencyP95Seconds, inputs.queueShare, inputs.loopLagSeconds]
        return max(inputs.connections.ratio, min(largestPressure, symptoms.map(\.ratio).max() ?? 0))
    }

    private static func excesses(_ inputs: ScaleReport.Inputs) -> [String] {
        func milliseconds(_ seconds: Double) -> String { "\(Int(seconds * 1_000)) ms" }
        func reason(_ figure: BoundedFigure, _ name: String, _ shown: (Double) -> String) -> String? {
            figure.ok ? nil : "\(name) \(shown(figure.value)), over \(shown(figure.bound))"
        }
        return [
            reason(inputs.connections, "connections") { "\(Int($0))" },
            reason(inputs.churnPerMinute, "churn in a minute", percent),
            reason(inputs.latencyP95Seconds, "p95 of message latency", milliseconds),
            reason(inputs.queueShare, "queues in use", percent),
            reason(inputs.loopLagSeconds, "loop lag", milliseconds),
        ].compactMap { $0 }
    }

    private static func percent(_ part: Double) -> String { "\((part * 1_000).rounded() / 10)%" }
}

extension BoundedFigure {
    fileprivate var ratio: Double { bound > 0 ? value / bound : 0 }
}
