import AdminAPI
import FleetModel
import Synchronization
import TestSupport

/// Workers on sockets in a directory that answer as gadgate's do, and can be drained.
final class FakeFleet: Sendable {
    let directory: TemporaryDirectory
    let workers: [FakeWorker]

    init(_ count: Int, hung: Set<Int> = []) throws {
        let (directory, desk) = (try TemporaryDirectory(), FakeDesk())
        self.directory = directory
        workers = try (0..<count).map { index in
            let state = FakeState(.named("gw1-w\(index)", connections: 100 * (index + 1)), desk)
            return try FakeWorker(WorkerID("gw1-w\(index)"), in: directory.path) { request in
                hung.contains(index) ? .silence : state.answer(request)
            }
        }
    }

    deinit {
        for worker in workers { worker.die() }
    }
}

extension FakeFleet {
    /// What a worker answers whose drain never comes to its end.
    static func endlessDrain() -> @Sendable (FakeWorker.Request) -> FakeWorker.Reply {
        let state = FakeState(.named("gw1-w0", connections: 100), FakeDesk(), ends: false)
        return { state.answer($0) }
    }
}

/// One worker's sample, which moves on by a second each time it is asked for.
private final class FakeState: Sendable {
    private let sample: Mutex<WorkerSample>
    private let desk: FakeDesk
    /// Whether a drain is over with the second look at it.
    private let ends: Bool

    init(_ sample: WorkerSample, _ desk: FakeDesk, ends: Bool = true) {
        self.sample = Mutex(sample)
        self.desk = desk
        self.ends = ends
    }

    func answer(_ request: FakeWorker.Request) -> FakeWorker.Reply {
        do {
            if let reply = try desk.answer(request) { return reply }
        } catch {
            return .json(500, [])
        }
        return sample.withLock { sample in
            do {
                switch (request.method, request.path) {
                case ("GET", "/v1/stats"): return .json(200, try AdminJSON.encode(try next(&sample)))
                case ("GET", "/v1/stats/recent"):
                    let earlier = sample
                    return .json(200, SampleCodec.frame(earlier) + SampleCodec.frame(try next(&sample)))
                case ("POST", "/v1/drain"): return try drain(&sample, .grace)
                case ("POST", "/v1/undrain"): return try undrain(&sample)
                case ("GET", let path) where path.hasPrefix("/v1/rooms"): return try rooms(sample)
                default: return .json(404, try AdminJSON.encode(AdminError(.notFound, "no \(request.path)")))
                }
            } catch {
                return .json(500, [])
            }
        }
    }

    private func next(_ sample: inout WorkerSample) throws -> WorkerSample {
        sample.time = sample.time.advanced(by: .seconds(1))
        sample.messagesIn.bestEffort += 10
        sample.messagesOut.critical += 4_000
        sample.latency.record(.milliseconds(3), times: 98)
        sample.latency.record(.milliseconds(40), times: 2)
        if sample.drain?.phase == .closing, ends { _ = try drain(&sample, .drained) }
        if sample.drain?.phase == .grace { _ = try drain(&sample, .closing) }
        return sample
    }

    private func drain(_ sample: inout WorkerSample, _ phase: DrainPhase) throws -> FakeWorker.Reply {
        let count = sample.connections
        sample.state = phase == .drained ? .drained : .draining
        let status = DrainStatus(
            phase: phase, cause: .operator, requestedBy: "mperez", reason: nil, startedAt: sample.time,
            deadline: sample.time.advanced(by: .seconds(60)), ratePerSecond: 16, initialConnections: count,
            remaining: phase == .drained ? 0 : count, closed: phase == .drained ? count / 4 : 0,
            estimatedEnd: sample.time.advanced(by: .seconds(30)))
        sample.drain = status
        return .json(200, try AdminJSON.encode(DrainReport(worker: sample.worker, state: sample.state, drain: status)))
    }

    private func undrain(_ sample: inout WorkerSample) throws -> FakeWorker.Reply {
        guard sample.state != .active else {
            return .json(409, try AdminJSON.encode(AdminError(.notDraining, "the worker is not drained")))
        }
        (sample.state, sample.drain) = (.active, nil)
        return .json(200, try AdminJSON.encode(DrainReport(worker: sample.worker, state: .active, drain: nil)))
    }

    private func rooms(_ sample: WorkerSample) throws -> FakeWorker.Reply {
        let rooms = ["gov:alerts": sample.connections, "citizen:news": sample.connections / 2]
        let items = rooms.compactMap { name, count in
            RoomName(name).map {
                RoomInfo(room: $0, criticality: CriticalityRules.standard.criticality(of: $0), connections: count)
            }
        }
        return .json(200, try AdminJSON.encode(Page(items: items, total: items.count, nextCursor: nil)))
    }
}

extension WorkerSample {
    static func named(_ name: String, connections: Int) -> WorkerSample {
        let start = UnixTime(microseconds: 1_760_000_000_000_000)
        var sample = WorkerSample(
            worker: WorkerID(name), node: "gw1", version: "0.1.0", pid: 4711, time: start.advanced(by: .seconds(3720)),
            startedAt: start)
        sample.state = .active
        sample.connections = connections
        sample.rooms = 12
        sample.loopLag = .microseconds(600)
        sample.queueBytes = .kibibytes(88)
        sample.openFDs = connections + 20
        sample.maxFDs = 65_536
        sample.memory = .mebibytes(51)
        sample.breakers = BreakerName.allCases.map {
            BreakerReport(name: $0, state: .closed, since: start, reason: nil, failuresTotal: 0, refusedTotal: 0)
        }
        sample.redisPrimary = "127.0.0.1:6379"
        sample.redisRoundTrip = .microseconds(300)
        return sample
    }
}
