import AdminAPI
import FleetModel
import Logging
import NIOCore
import NIOHTTP1

import Testing

@testable import Gateway
@testable import Telemetry

@Suite("Health and metrics on the serving port")
struct HealthRoutesTests {
    let drain: DrainController
    let clock = SteadyClock(startedAt: UnixTime(microseconds: 1_795_457_902_000_000))

    init() {
        drain = DrainController(
            target: DrainControllerTests.FakeTarget(connections: 3), clock: clock, logger: .silent)
    }

    func ask(_ path: String, _ figures: DataPlaneSnapshot) async throws -> (PlainResponse, HealthReport?) {
        let samples = SampleSource(
            facts: AdminWorld.facts, drain: drain, clock: clock,
            process: {
                ProcessStatistics(openFDs: 12, maxFDs: 1024, memory: .mebibytes(20), cpu: .milliseconds(1500))
            }, snapshot: { figures })
        let answer = try #require(await HealthRoutes(samples: samples).answer(path))
        return (answer, try? AdminJSON.decode(HealthReport.self, from: Array(answer.body.readableBytesView)))
    }

    func connected() -> DataPlaneSnapshot {
        var figures = DataPlaneSnapshot()
        figures.backplane = .connected
        return figures
    }

    @Test("a worker that serves is live and ready")
    func ready() async throws {
        #expect(try await ask("/health/live", connected()).0.status == .ok)
        let (answer, report) = try await ask("/health/ready", connected())
        #expect(answer.status == .ok)
        #expect(report?.status == "ready")
        #expect(report?.degraded == nil)
    }

    @Test("a worker without Redis is ready, and says that it is degraded")
    func degraded() async throws {
        var figures = DataPlaneSnapshot()
        figures.backplane = .lost(reason: "connection refused")
        let (answer, report) = try await ask("/health/ready", figures)
        #expect(answer.status == .ok)
        #expect(report?.degraded?.contains("connection refused") == true)
    }

    @Test("a worker that is being drained is live, but not ready, and says why")
    func draining() async throws {
        try await drain.start(DrainOrder(cause: .operator, requestedBy: "ana"))
        #expect(try await ask("/health/live", connected()).0.status == .ok)
        let (answer, report) = try await ask("/health/ready", connected())
        #expect(answer.status == .serviceUnavailable)
        #expect(report?.state == .draining)
        #expect(report?.reason?.contains("drained") == true)
    }

    @Test("other paths are not answered here")
    func others() async {
        let samples = SampleSource(facts: AdminWorld.facts, drain: drain, clock: clock) { DataPlaneSnapshot() }
        #expect(await HealthRoutes(samples: samples).answer("/") == nil)
    }

    @Test("metrics carry the contract's names with the worker and its node")
    func metrics() async throws {
        var figures = connected()
        figures.connections = 41
        figures.closes = [CloseCount(code: 1000, count: 7)]
        figures.messagesOut.critical = 12
        figures.topRooms = [RoomCount(room: try #require(RoomName("gov:a")), criticality: .critical, connections: 4)]
        figures.roles = [RoleCount(role: "AD\"MIN", connections: 2)]
        figures.latency.important.record(.milliseconds(3))
        let body = try await ask("/metrics", figures).0.body
        let lines = Set(String(buffer: body).split(separator: "\n").map(String.init))
        let labels = "worker=\"gw-w1\",node=\"gw\""
        for line in [
            "active_connections{\(labels)} 41", "connections_closed_total{\(labels),code=\"1000\"} 7",
            "messages_sent_total{\(labels),class=\"critical\"} 12", "room_connections{\(labels),room=\"gov:a\"} 4",
            "role_connections{\(labels),role=\"AD\\\"MIN\"} 2", "circuit_breaker_state{\(labels),name=\"redis\"} 0",
            "message_latency_seconds_bucket{\(labels),class=\"important\",le=\"0.004095\"} 1",
            "message_latency_seconds_count{\(labels),class=\"critical\"} 0", "process_open_fds{\(labels)} 12",
            "process_resident_memory_bytes{\(labels)} 20971520", "process_cpu_seconds_total{\(labels)} 1.5",
        ] { #expect(lines.contains(line)) }
    }
}
