import AdminAPI
import FleetModel
import Foundation
import Logging
import NIOPosix
import Synchronization
import Telemetry

@testable import Gateway

/// An admin server on a socket of its own, over a worker that is made of plain values.
final class AdminWorld: Sendable {
    final class Directory: ConnectionDirectory {
        let asked = Mutex<[String]>([])

        func rooms(
            _ filter: RoomFilter, order: RoomListOrder, after cursor: String?, limit: Int
        ) async throws -> Page<RoomInfo> {
            asked.withLock { $0.append("rooms \(filter) by \(order) \(cursor ?? "-") \(limit)") }
            if cursor == "bad" { throw AdminError(.badRequest, "the cursor is not one of ours") }
            let items = [RoomName("gov:a")].compactMap { $0 }.map {
                RoomInfo(room: $0, criticality: .critical, connections: 3)
            }
            return Page(items: items, total: 9, nextCursor: "next")
        }

        func connections(
            _ selector: ConnectionSelector, order: ConnectionListOrder, after cursor: String?, limit: Int
        ) async throws -> Page<ConnectionInfo> {
            asked.withLock { $0.append("connections \(selector) by \(order) \(cursor ?? "-") \(limit)") }
            return Page(items: [], total: 0, nextCursor: nil)
        }

        func acks(_ messageID: String?, after cursor: String?, limit: Int) async throws -> Page<AckReport> {
            asked.withLock { $0.append("acks \(messageID ?? "-") \(cursor ?? "-") \(limit)") }
            return Page(items: [], total: 0, nextCursor: nil)
        }
    }

    let directory = Directory()
    let audit = MemoryAudit()
    let operations = MemoryOperationStore()
    let policy = Mutex(AdminPolicy())
    let target = DrainControllerTests.FakeTarget(connections: 40)
    let shedTarget = FakeShedTarget()
    let actTarget = FakeActTarget()
    let health = MonitorWorld()
    let overseer = FakeOverseer()
    let register = MemoryRegister()
    let snapshotsTaken = Mutex(0)
    let socket = AdminSocket(
        directory: FileManager.default.temporaryDirectory.appending(path: "gad-\(UUID().uuidString.prefix(8))").path,
        worker: WorkerID("gw-w1"))
    var client: AdminClient { AdminClient(path: socket.path) }

    /// Asks as the leader of an operation that holds the lock.
    func leader() async -> AdminClient {
        await operations.hold("held", fence: 1)
        return AdminClient(
            path: socket.path, headers: ["\(AdminHeader.operation): held", "\(AdminHeader.fence): 1"])
    }

    static let facts = WorkerFacts(
        worker: WorkerID("gw-w1"), node: "gw", pid: 77, startedAt: UnixTime(microseconds: 1_795_457_902_000_000))

    /// Serves while `body` runs.
    static func run(_ body: (AdminWorld) async throws -> Void) async throws {
        let world = AdminWorld()
        defer { try? FileManager.default.removeItem(atPath: world.socket.directory) }
        let drain = DrainController(
            target: world.target, clock: SteadyClock(startedAt: .now), logger: .silent)
        let (listening, began) = AsyncStream<Void>.makeStream()
        let shedding = ShedController(
            target: world.shedTarget, workerState: { await drain.state }, clock: SteadyClock(startedAt: .now),
            logger: .silent)
        let server = world.server(drain, shedding) { began.finish() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await drain.run() }
            group.addTask { await shedding.run() }
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            for await _ in listening {}
            try await body(world)
        }
    }

    func server(
        _ drain: DrainController, _ shedding: ShedController, onListening: @escaping @Sendable () -> Void
    ) -> AdminServer {
        let health = health
        let samples = SampleSource(
            facts: Self.facts, drain: drain, clock: SteadyClock(startedAt: .now),
            shedding: { await shedding.recentStatus }, vitals: { health.monitor.vitals }
        ) {
            self.snapshotsTaken.withLock { $0 += 1 }
            var snapshot = DataPlaneSnapshot()
            snapshot.connections = 40
            return snapshot
        }
        let gate = MutationGuard(
            access: PeerJudge(policy: { self.policy.withLock { $0 } }), audit: audit, operations: operations)
        return AdminServer(
            socket: socket,
            routes: AdminRoutes(
                identity: {
                    WorkerIdentity(
                        worker: Self.facts.worker, node: "gw", version: "1", pid: 77, startedAt: Self.facts.startedAt,
                        sharedPort: 8080, workerPort: 9001, state: await drain.state)
                },
                samples: samples, monitor: health.monitor, drain: drain, shedding: shedding, directory: directory,
                mutations: gate,
                failover: FailoverRoutes(worker: Self.facts.worker, overseer: overseer, station: nil, gate: gate),
                acts: ActRoutes(
                    worker: Self.facts.worker, mutations: gate,
                    throttles: ThrottleKeeper(store: MemoryThrottleStore(), target: actTarget, logger: .silent),
                    target: actTarget, breakers: health.breakers, clock: SteadyClock(startedAt: .now)),
                operations: OperationRoutes(
                    store: operations, register: register, gate: gate, clock: SteadyClock(reading: { .now })),
                logger: .silent),
            loops: MultiThreadedEventLoopGroup.singleton,
            logger: .silent, onListening: onListening)
    }
}
