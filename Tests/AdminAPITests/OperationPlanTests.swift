import AdminAPI
import FleetModel
import Testing

@Suite("The hash of a plan")
struct OperationPlanTests {
    var plan: OperationPlan {
        OperationPlan(
            kind: .drain, targets: [WorkerID("gw-w0")], parameters: ["rate_per_second": "16", "keep": "0.7"],
            snapshot: [.init(worker: WorkerID("gw-w0"), state: .active, connections: 7)],
            takenAt: UnixTime(microseconds: 1_795_457_902_000_000))
    }

    @Test("is that of its JSON with sorted keys, so that sha256sum finds the same")
    func known() throws {
        // printf '%s' '<the JSON>' | sha256sum
        let json = String(decoding: try AdminJSON.encode(plan), as: UTF8.self)
        #expect(
            json == #"{"kind":"drain","parameters":{"keep":"0.7","rate_per_second":"16"},"snapshot":[{"connections":7,"#
                + #""state":"active","worker":"gw-w0"}],"taken_at":"2026-11-23T18:18:22.000000Z","targets":["gw-w0"]}"#)
        #expect(try plan.hash == "dadcacac1b1bd63284cbacdae653c22a1c7236eb7d3846aaa4a3220c7bc9c670")
    }

    @Test("changes with every part of it, and survives the way over the wire")
    func changes() throws {
        var other = plan
        other.snapshot[0].connections += 1
        #expect(try other.hash != plan.hash)
        let read = try AdminJSON.decode(OperationPlan.self, from: try AdminJSON.encode(plan))
        #expect(try read.hash == plan.hash)
        #expect(OperationPlan.operationID(planHash: try plan.hash).count == 12)
    }
}
