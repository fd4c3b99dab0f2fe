import AdminAPI
import FleetModel
import Glibc
import TestSupport
import Testing

@testable import AdminClient

@Suite("Watching a fleet")
struct FleetWatcherTests {
    private let directory: TemporaryDirectory
    private let watcher: FleetWatcher
    private let first = WorkerID("gw-w0")
    private let second = WorkerID("gw-w1")

    init() throws {
        directory = try TemporaryDirectory()
        watcher = try FleetWatcher(.directory(directory.path))
    }

    @Test("a worker appears, sends samples, and vanishes with its socket")
    func appearsAndVanishes() async throws {
        let worker = try FakeWorker(first, in: directory.path) { _ in .samples([.of("gw-w0", connections: 7)]) }
        let seen = EventLog(watcher)
        #expect(try await seen.wait { $0 == .appeared(first) })
        #expect(try await seen.wait { $0.sample?.connections == 7 })
        #expect(worker.requests.first?.path == "/v1/stream?interval_ms=1000")
        worker.leave()
        #expect(try await seen.wait { $0 == .vanished(first) })
    }

    @Test("a worker that hangs delays no other and is reported after two seconds")
    func hungWorker() async throws {
        let hung = try FakeWorker(first, in: directory.path) { _ in .silence }
        let healthy = try FakeWorker(second, in: directory.path) { _ in .samples([.of("gw-w1", connections: 1)]) }
        defer { [hung, healthy].forEach { $0.die() } }
        let seen = EventLog(watcher)
        // Waiting goes forward through the events: what is found second came second.
        #expect(try await seen.wait { $0.sample?.worker == second })
        #expect(try await seen.wait { $0 == .lost(first, reason: "no answer within 2 s: the process may hang") })
    }

    @Test("a killed worker is reported, and its samples come again once it is back")
    func killedWorker() async throws {
        let killed = try FakeWorker(first, in: directory.path) { _ in .samples([.of("gw-w0", connections: 1)]) }
        let seen = EventLog(watcher)
        #expect(try await seen.wait { $0.sample != nil })
        killed.die()
        #expect(try await seen.wait { $0 == .lost(first, reason: "connection closed by the worker") })
        #expect(try await seen.wait { $0 == .lost(first, reason: "connection refused: worker is not running") })
        let back = try FakeWorker(first, in: directory.path) { _ in .samples([.of("gw-w0", connections: 2)]) }
        defer { back.die() }
        #expect(try await seen.wait { $0.sample?.connections == 2 })
    }

    @Test(
        "what is not a stream of samples is refused with the reason",
        arguments: [
            (FakeWorker.Reply.stream(Array(repeating: 0xff, count: 64)), "not a stream of samples"),
            (.stream([3, 9, 9, 9]), "unknownVersion(9)"),
            (.raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)), "something other than gadgate"),
            (.json(404, []), "answered 404"),
            (.samples([.of("impostor", connections: 1)]), "another name"),
        ])
    func garbage(reply: FakeWorker.Reply, reason: String) async throws {
        let worker = try FakeWorker(first, in: directory.path) { _ in reply }
        defer { worker.die() }
        let seen = EventLog(watcher)
        #expect(try await seen.wait { $0.lossReason?.contains(reason) == true }, "\(seen.all)")
        #expect(!seen.all.contains { $0.sample != nil })
    }

    @Test("what a worker tells of operations, safety and access comes together, with what could not be had")
    func asksForOperations() async throws {
        let safety = SafetyState(engaged: true, reason: "incident")
        let refusal = AdminError(.unavailable, "Redis is away")
        let worker = try FakeWorker(first, in: directory.path) { request in
            request.path.hasPrefix("/v1/safety") ? .answer(200, safety) : .answer(503, refusal)
        }
        defer { worker.die() }
        let seen = EventLog(watcher)
        #expect(try await seen.wait { $0 == .appeared(first) })
        watcher.ask(ControlQuestion(details: "op-1"), of: first)
        var report = ControlReport(worker: first)
        report.safety = safety
        report.failure = refusal
        #expect(try await seen.wait { $0 == .control(report) })
        #expect(worker.requests.contains { $0.path == "/v1/operations?id=op-1" })
    }

    @Test("a fleet at rest wakes its reader once a second")
    func wakesOnceASecond() async throws {
        let workers = try (0..<20).map { index in
            try FakeWorker(WorkerID("gw-w\(index)"), in: directory.path) { _ in
                .samples([.of("gw-w\(index)", connections: index)])
            }
        }
        defer { workers.forEach { $0.die() } }
        let seen = EventLog(watcher)
        #expect(try await seen.wait(until: { all in all.count { $0.sample != nil } == 20 }))
        let (start, before) = (ContinuousClock.now, seen.wakeups)
        _ = try await seen.wait(for: .seconds(2.5)) { $0.lossReason != nil }
        #expect(start.duration(to: .now) > .seconds(2.4))
        #expect(seen.wakeups - before <= 3)
    }

    @Test("a reader that sleeps gets the last sample of each worker and everything else")
    func compacts() {
        let samples = (0..<50_000).map { FleetEvent.sample(SharedSample(.of("gw-w\($0 % 3)", connections: $0))) }
        let kept = EventQueue.compacted([.appeared(first)] + samples + [.lost(first, reason: "x")])
        #expect(kept.count == 5)
        #expect(kept.first == .appeared(first))
        #expect(kept.compactMap(\.sample?.connections) == [49_997, 49_998, 49_999])
    }
}

/// Collects a watcher's events as its reader does, without holding a thread meanwhile.
private final class EventLog {
    private let watcher: FleetWatcher
    private(set) var all: [FleetEvent] = []
    private(set) var wakeups = 0
    private var read = 0

    init(_ watcher: FleetWatcher) {
        self.watcher = watcher
    }

    /// - Returns: whether an event after those already waited for fits, within the time.
    func wait(for limit: Duration = .seconds(20), _ fits: (FleetEvent) -> Bool) async throws -> Bool {
        try await wait(
            for: limit,
            until: { events in
                while read < events.count {
                    read += 1
                    if fits(events[read - 1]) { return true }
                }
                return false
            })
    }

    func wait(for limit: Duration = .seconds(20), until done: ([FleetEvent]) -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while !done(all) {
            guard .now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(5))
            gather()
        }
        return true
    }

    private func gather() {
        var wake = pollfd(fd: watcher.readinessDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wake, 1, 0) > 0 else { return }
        wakeups += 1
        all += watcher.takeEvents()
    }
}

extension FleetEvent {
    fileprivate var sample: WorkerSample? {
        if case .sample(let sample) = self { sample.value } else { nil }
    }

    fileprivate var lossReason: String? {
        if case .lost(_, let reason) = self { reason } else { nil }
    }
}

extension WorkerSample {
    fileprivate static func of(_ worker: String, connections: Int) -> WorkerSample {
        var sample = WorkerSample(
            worker: WorkerID(worker), node: "gw", version: "1", pid: 1, time: UnixTime(microseconds: 0),
            startedAt: UnixTime(microseconds: 0))
        sample.connections = connections
        return sample
    }
}

extension FakeWorker.Reply {
    static func answer(_ status: Int, _ value: some Encodable) -> Self {
        do { return .json(status, try AdminJSON.encode(value)) } catch { return .raw(Array("\(error)".utf8)) }
    }
}
