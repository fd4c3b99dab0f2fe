import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("A drain of a running worker")
    struct DrainTests {
        @Test("goes through its steps, spreads the closes to the deadline, and ends with a worker that lives")
        func wholeDrain() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            let clients = try await (0..<40).asyncMap { _ in try await WebSocketClient(port: gateway.port) }
            let report = try await gateway.drain(0, DrainRequest(deadlineSeconds: 4, reason: "kernel update"))
            #expect(report.drain?.phase == .refusing || report.drain?.phase == .announcing)
            #expect(report.drain?.reason == "kernel update")
            #expect(report.drain?.initialConnections == 40)
            _ = try await clients[0].envelope("reconnect")

            var phases: [DrainPhase] = []
            var remaining: [Int] = []
            try await eventually("the worker is drained", within: .seconds(10)) {
                let stats = try await gateway.stats(0)
                if let phase = stats.drain?.phase, phases.last != phase { phases.append(phase) }
                if remaining.last != stats.connections { remaining.append(stats.connections) }
                return stats.state == .drained
            }
            #expect(phases == DrainPhase.allCases.filter(phases.contains), "steps out of order: \(phases)")
            #expect(phases.contains(.closing))
            let largestStep = zip(remaining, remaining.dropFirst()).map { $0 - $1 }.max() ?? 0
            #expect(largestStep <= 20, "closed in lumps: \(remaining)")

            let stats = try await gateway.stats(0)
            #expect(stats.connections == 0)
            #expect(stats.plannedClosesTotal == 40)
            #expect(stats.closes.map(\.code) == [3001])
            let port = try await gateway.identity(0).workerPort
            let ready = try ChildProcess("curl", ["-s", "http://127.0.0.1:\(port)/health/ready"])
            _ = try await ready.wait()
            #expect(ready.output.contains("drain"), "readiness does not say why: \(ready.output)")
        }

        @Test("is refused while another runs, and cancelled by undrain, after which clients are served again")
        func cancel() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            let client = try await WebSocketClient(port: gateway.port)
            _ = try await gateway.drain(0, DrainRequest(deadlineSeconds: 30))
            let second = try AdminJSON.decode(
                AdminError.self, from: try await gateway.orderDrain(0))
            #expect(second.code == .alreadyDraining)
            let report = try await gateway.undrain(0)
            #expect(report.state == .active)
            #expect(report.drain == nil)
            try client.send(#"{"event_type":"ping"}"#)
            _ = try await client.envelope("pong")
            _ = try await WebSocketClient(port: gateway.port)
        }
    }
}
