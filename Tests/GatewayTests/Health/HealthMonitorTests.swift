import AdminAPI
import FleetModel
import Synchronization
import Testing

@testable import Gateway

/// A monitor over figures and a time that a test sets.
final class MonitorWorld: Sendable {
    struct State {
        var now = UnixTime(microseconds: 1_795_457_902_000_000)
        var pulse = HealthMonitor.Pulse(loopLag: .zero, queueBytes: .zero)
        var policy = GatewayPolicy()
        var levels: [DegradationLevel] = []
    }

    /// What the monitor asks.
    final class Surroundings: Sendable {
        let state = Mutex(State())
    }

    let surroundings = Surroundings()
    let breakers: BreakerBoard
    let watch: RedisWatch
    let monitor: HealthMonitor

    init() {
        let surroundings = surroundings
        let clock = SteadyClock { surroundings.state.withLock(\.now) }
        breakers = BreakerBoard(policy: BreakerPolicy(), clock: clock)
        watch = RedisWatch(clock: clock)
        monitor = HealthMonitor(
            worker: WorkerID("gw-w1"), breakers: breakers, redis: watch, clock: clock, logger: .silent,
            policy: { surroundings.state.withLock(\.policy) }, pulse: { surroundings.state.withLock(\.pulse) },
            degrade: { level in surroundings.state.withLock { $0.levels.append(level) } })
    }

    func set(lag: Duration = .zero, queueBytes: ByteCount = .zero) {
        surroundings.state.withLock { $0.pulse = HealthMonitor.Pulse(loopLag: lag, queueBytes: queueBytes) }
    }

    func pass(_ duration: Duration) { surroundings.state.withLock { $0.now = $0.now.advanced(by: duration) } }

    /// Looks as often as the monitor does.
    func look(for duration: Duration) async {
        for _ in 0..<(duration.wholeMilliseconds / 250) {
            await monitor.look()
            pass(.milliseconds(250))
        }
    }

    func echo() { watch.receiveEcho(watch.sendEcho()) }
}

@Suite("What watches a worker")
struct HealthMonitorTests {
    let world = MonitorWorld()

    @Test("has the data plane leave work undone and take it up again, and remembers both")
    func degradation() async {
        world.set(lag: .milliseconds(400))
        await world.look(for: .seconds(1))
        #expect(world.monitor.vitals.degradation?.level == .sheddingBestEffort)
        world.set()
        await world.look(for: .seconds(12))
        #expect(world.monitor.vitals.degradation == nil)
        #expect(
            world.surroundings.state.withLock(\.levels) == [.sheddingBestEffort, .samplingBestEffort, .normal])
        let status = world.monitor.degradationStatus
        #expect(status.history.map(\.level) == [.sheddingBestEffort, .samplingBestEffort, .normal])
        #expect(status.changesTotal == 3)
        #expect(status.current.level == .normal)
    }

    @Test("knows the queues as a part of the bound that holds now")
    func queues() async {
        world.set(queueBytes: .mebibytes(64))
        await world.look(for: .milliseconds(250))
        #expect(world.monitor.vitals.queueShare == 0.25)
        world.surroundings.state.withLock { $0.policy.queues.workerBytes = .mebibytes(128) }
        await world.look(for: .milliseconds(250))
        #expect(world.monitor.vitals.queueShare == 0.5)
    }

    @Test("knows the worst lag of the last second, and no longer")
    func lag() async {
        world.set(lag: .milliseconds(80))
        await world.look(for: .milliseconds(250))
        world.set()
        await world.look(for: .milliseconds(750))
        #expect(world.monitor.vitals.loopLag == .milliseconds(80))
        await world.look(for: .milliseconds(250))
        #expect(world.monitor.vitals.loopLag == .zero)
    }

    @Test("finds a socket healthy while every figure is within its bound, and says what is not")
    func socketHealth() async {
        #expect(world.monitor.socketHealth().reasons == ["no echo through Redis yet"])
        world.echo()
        #expect(world.monitor.socketHealth().status == "healthy")
        world.set(lag: .seconds(1), queueBytes: .mebibytes(250))
        await world.look(for: .milliseconds(250))
        world.pass(.seconds(7))
        let health = world.monitor.socketHealth()
        #expect(health.status == "unhealthy")
        #expect(
            health.reasons == [
                "an event loop is late by 1.0 s (bound 0.5 s)", "queues are in use to a part of 0.977 (bound 0.9)",
                "no echo through Redis for 7 s (bound 5 s)",
            ])
        #expect(!health.loopLagSeconds.ok && !health.queueShare.ok && !health.echoAgeSeconds.ok)
        #expect(health.redisRoundTripSeconds.ok)
    }

    @Test("tells each breaker with its history")
    func breakers() {
        for _ in 0..<5 { world.breakers.failed(.stream, reason: "OOM") }
        let report = world.monitor.breakersReport
        #expect(report.items.map(\.breaker.name) == BreakerName.allCases)
        #expect(report.items.last?.breaker.state == .open)
        #expect(report.items.last?.history.map(\.reason) == ["OOM"])
    }
}
