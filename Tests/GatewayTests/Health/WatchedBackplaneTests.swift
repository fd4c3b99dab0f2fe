import FleetModel
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import Gateway

@Suite("A watched backplane")
struct WatchedBackplaneTests {
    /// One worker's backplane on a loop whose time a test moves on.
    final class World {
        let loop = EmbeddedEventLoop()
        let inner: MemoryBackplane
        let breakers = BreakerBoard(policy: BreakerPolicy())
        let watch = RedisWatch(clock: SteadyClock(startedAt: UnixTime(microseconds: 0)))
        let backplane: WatchedBackplane
        let ear = Ear()

        init(connected: Bool = true) {
            inner = MemoryBackplane(MemoryBroker(), connected: connected)
            backplane = WatchedBackplane(inner, worker: WorkerID("gw-w1"), watch: watch, breakers: breakers)
        }

        func start() {
            backplane.start(on: loop) { [ear] event in
                switch event {
                case .connected: ear.note("connected")
                case .lost: ear.note("lost")
                case .confirmed(let channel): ear.note("confirmed \(channel)")
                case .message(let channel, let payload): ear.note("\(channel) \(String(buffer: payload))")
                }
            }
            loop.run()
        }

    }

    /// What reached the gateway.
    final class Ear: Sendable {
        private let lines = Mutex<[String]>([])
        var heard: [String] { lines.withLock { $0 } }
        func note(_ line: String) { lines.withLock { $0.append(line) } }
    }

    @Test("hears its echo as soon as it can, and keeps it to itself")
    func echo() throws {
        let world = World()
        world.start()
        #expect(world.inner.channels == ["gad:echo:gw-w1"])
        #expect(world.watch.reading.wasEchoHeard)
        world.backplane.subscribe(["gad:all"])
        world.backplane.publish(ByteBuffer(string: "hello"), to: "gad:all").whenComplete { _ in }
        world.loop.run()
        #expect(world.ear.heard == ["connected", "confirmed gad:all", "gad:all hello"])
        #expect(world.watch.reading.publishLatency.count == 2)
    }

    @Test("counts echoes that cannot be sent against the publish breaker, until Redis is back")
    func breaker() {
        let world = World(connected: false)
        world.start()
        for _ in 0..<5 { world.loop.advanceTime(by: .seconds(1)) }
        #expect(!world.watch.reading.wasEchoHeard)
        #expect(world.breakers.reports.first { $0.name == .publish }?.state == .open)
        world.inner.connect()
        world.loop.run()
        #expect(world.watch.reading.wasEchoHeard, "readiness does not wait for the breaker")
    }

    @Test("repeats no old round trip once the connection is lost: it grows as long as nothing comes back")
    func lostRoundTrip() {
        let world = World()
        world.watch.use(world.inner)
        world.inner.roundTrip = .milliseconds(1)
        #expect(world.watch.reading.roundTrip == .milliseconds(1))
        world.inner.roundTrip = nil
        let reading = world.watch.reading
        #expect(reading.roundTrip == reading.echoAge && reading.echoAge > .zero)
    }

    @Test("sends no more once it is shut down")
    func shutdown() {
        let world = World()
        world.start()
        let count = world.watch.reading.publishLatency.count
        world.backplane.shutdown().whenComplete { _ in }
        world.loop.advanceTime(by: .seconds(5))
        #expect(world.watch.reading.publishLatency.count == count)
    }
}
