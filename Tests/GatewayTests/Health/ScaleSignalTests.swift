import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("The scale signal")
struct ScaleSignalTests {
    func report(_ change: (inout ScaleSignal.Inputs) -> Void) -> ScaleReport {
        var inputs = ScaleSignal.Inputs(
            state: .active, connections: 4_000, crowd: 4_000, churn: 0.01, latencyP95: .milliseconds(20),
            queueShare: 0.01, loopLag: .milliseconds(2))
        change(&inputs)
        return ScaleSignal.report(WorkerID("gw-w1"), inputs, ScalePolicy())
    }

    @Test("holds within the bounds, at as many workers as its largest part needs")
    func hold() {
        let report = report { _ in }
        #expect(report.signal == .hold)
        #expect(report.desired == 0.8)
        #expect(report.reasons.isEmpty)
    }

    @Test("asks for more over each bound, and says which")
    func out() {
        let cases: [(change: (inout ScaleSignal.Inputs) -> Void, desired: Double, reason: String)] = [
            ({ $0.connections = 15_000 }, 3, "connections 15000, over 5000"),
            ({ $0.churn = 0.08 }, 1.6, "churn in a minute 8.0%, over 5.0%"),
            ({ $0.latencyP95 = .milliseconds(600) }, 1.2, "p95 of message latency 600 ms, over 500 ms"),
            ({ $0.queueShare = 0.6 }, 1.2, "queues in use 60.0%, over 50.0%"),
            ({ $0.loopLag = .seconds(9) }, 2, "loop lag 9000 ms, over 100 ms"),
        ]
        for (change, desired, reason) in cases {
            let report = report(change)
            #expect(report.signal == .out)
            #expect(report.desired == desired)
            #expect(report.reasons == [reason])
        }
    }

    @Test("takes no percentage of a handful of connections")
    func handful() {
        let report = report { inputs in
            (inputs.connections, inputs.crowd, inputs.churn) = (2, 4, 0.5)
        }
        #expect(report.signal == .in)
    }

    @Test("asks for fewer when everything is far under its bound")
    func fewer() {
        let report = report { $0.connections = 1_000 }
        #expect(report.signal == .in)
        #expect(report.desired == 0.2)
        #expect(self.report { ($0.connections, $0.churn) = (1_000, 0.04) }.signal == .hold)
    }

    @Test("says nothing by a worker that is being emptied")
    func draining() {
        let report = report { ($0.state, $0.connections) = (.draining, 10) }
        #expect(report.signal == .hold)
        #expect(report.desired == 1)
        #expect(report.reasons.count == 1)
    }
}
