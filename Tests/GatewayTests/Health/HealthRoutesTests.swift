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
    let world = MonitorWorld()
    let clock = SteadyClock(startedAt: UnixTime(microseconds: 1_795_457_902_000_000))

    init() {
        drain = DrainController(
            target: DrainControllerTests.FakeTarget(connections: 3), clock: clock, logger: .silent)
    }

    func routes(_ figures: DataPlaneSnapshot) -> HealthRoutes {
        let monitor = world.monitor
        let samples = SampleSource(
            facts: AdminWorld.facts, drain: drain, clock: clock,
            process: {
                ProcessStatistics(openFDs: 12, maxFDs: 1024, memory: .mebibytes(20), cpu: .milliseconds(1500))
            }, vitals: { monitor.vitals }, snapshot: { figures })
        return HealthRoutes(samples: samples, monitor: monitor)
    }

    func ask(_ path: String, _ figures: DataPlaneSnapshot) async throws -> (PlainResponse, HealthReport?) {
        let answer = try #require(await routes(figures).answer(path))
        return (answer, try? AdminJSON.decode(HealthReport.self, from: Array(answer.body.readableBytesView)))
    }

    func connected() -> DataPlaneSnapshot {
        var figures = DataPlaneSnapshot()
        figures.backplane = .connected
        return figures
    }

    @Test("a worker that serves is live, and ready as soon as an echo came through Redis")
    func ready() async throws {
        #expect(try await ask("/health/ready", connected()).1?.reason == "no echo through Redis yet")
        world.echo()
        #expect(try await ask("/health/live", connected()).0.status == .ok)
        let (answer, report) = try await ask("/health/ready", connected())
        #expect(answer.status == .ok)
        #expect(report?.status == "ready")
        #expect(report?.degraded == nil)
    }

    @Test("a worker that hears no echo through Redis any more is live, but not ready, and says why")
    func silent() async throws {
        world.echo()
        world.pass(.seconds(7))
        var figures = DataPlaneSnapshot()
        figures.backplane = .lost(reason: "connection refused")
        #expect(try await ask("/health/live", figures).0.status == .ok)
        let (answer, report) = try await ask("/health/ready", figures)
        #expect(answer.status == .serviceUnavailable)
        #expect(report?.reason == "no echo through Redis for 7 s (bound 5 s)")
        #expect(report?.degraded?.contains("connection refused") == true)
    }

    @Test("the health of sockets has each figure with its bound, and decides the status")
    func socket() async throws {
        world.echo()
        let (well, _) = try await ask("/health/socket", connected())
        #expect(well.status == .ok)
        let health = try AdminJSON.decode(SocketHealth.self, from: Array(well.body.readableBytesView))
        #expect(health.echoAgeSeconds == BoundedFigure(0, bound: 5))
        world.pass(.seconds(6))
        #expect(try await ask("/health/socket", connected()).0.status == .serviceUnavailable)
    }

    @Test("autoscalers read the scale signal of the worker")
    func scale() async throws {
        var figures = connected()
        figures.connections = 7_500
        let answer = try await ask("/scale", figures).0
        let report = try AdminJSON.decode(ScaleReport.self, from: Array(answer.body.readableBytesView))
        #expect(report.signal == .out)
        #expect(report.desired == 1.5)
    }

    @Test("a worker that is being drained is live, but not ready, and says why")
    func draining() async throws {
        world.echo()
        try await drain.start(DrainOrder(cause: .operator, requestedBy: "ana"))
        #expect(try await ask("/health/live", connected()).0.status == .ok)
        let (answer, report) = try await ask("/health/ready", connected())
        #expect(answer.status == .serviceUnavailable)
        #expect(report?.state == .draining)
        #expect(report?.reason?.contains("drained") == true)
    }

    @Test("other paths are not answered here")
    func others() async {
        #expect(await routes(DataPlaneSnapshot()).answer("/") == nil)
    }

    @Test("metrics carry the contract's names with the worker and its node")
    func metrics() async throws {
        var figures = connected()
        figures.connections = 41
        figures.closes = [CloseCount(code: 1000, count: 7)]
        figures.messagesOut.critical = 12
        figures.topRooms = [RoomCount(room: try #require(RoomName("gov:a")), criticality: .critical, connections: 4)]
        figures.roles = [RoleCount(role: "AD\"MIN", connections: 2)]
        figures.drops = [DropCount(criticality: .important, reason: .workerFull, count: 3)]
        (figures.churnPerMinute, figures.plannedChurnPerMinute) = (0.75, 0.5)
        figures.latency.important.record(.milliseconds(3))
        let body = try await ask("/metrics", figures).0.body
        let lines = Set(String(buffer: body).split(separator: "\n").map(String.init))
        let labels = "worker=\"gw-w1\",node=\"gw\""
        for line in [
            "active_connections{\(labels)} 41", "connections_closed_total{\(labels),code=\"1000\"} 7",
            "messages_sent_total{\(labels),class=\"critical\"} 12", "room_connections{\(labels),room=\"gov:a\"} 4",
            "role_connections{\(labels),role=\"AD\\\"MIN\"} 2", "circuit_breaker_state{\(labels),name=\"publish\"} 0",
            "room_connections{\(labels),room=\"other\"} 0", "socket_health{\(labels)} 0",
            "messages_dropped_total{\(labels),class=\"important\",reason=\"worker_full\"} 3",
            "messages_dropped_total{\(labels),class=\"critical\",reason=\"rate\"} 0",
            "connection_churn_rate{\(labels)} 0.25",
            "message_latency_seconds_bucket{\(labels),class=\"important\",le=\"0.004095\"} 1",
            "message_latency_seconds_count{\(labels),class=\"critical\"} 0", "process_open_fds{\(labels)} 12",
            "process_resident_memory_bytes{\(labels)} 20971520", "process_cpu_seconds_total{\(labels)} 1.5",
        ] { #expect(lines.contains(line)) }
    }
}
