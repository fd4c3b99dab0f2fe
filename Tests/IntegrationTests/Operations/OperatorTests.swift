import AdminAPI
import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("Operators of a running fleet")
    struct OperatorTests {
        /// A fleet with clients that stay until they are closed.
        struct World {
            let redis: RedisServer
            let gateway: Gadgate
            let clients: [WebSocketClient]

            static func run(
                workers: Int = 3, redisOptions: [String] = [], _ body: (World) async throws -> Void
            ) async throws {
                let redis = try await RedisServer.started(options: redisOptions)
                let gateway = try await Gadgate(workers: workers, redis: redis.url)
                let clients = try await (0..<30).asyncMap { _ in try await WebSocketClient(port: gateway.port) }
                try await body(World(redis: redis, gateway: gateway, clients: clients))
                withExtendedLifetime((redis, clients)) {}
            }

            func gadtop(_ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
                try ChildProcess(
                    try BuiltProduct.path("gadtop"), arguments + ["--run-dir", gateway.runDirectory],
                    environment: environment)
            }

            func ended(_ arguments: [String], within limit: Duration = .seconds(60)) async throws -> ChildProcess {
                let run = try gadtop(arguments)
                _ = try await run.wait(within: limit)
                return run
            }

            /// A drain by gadtop that has been ordered, once the registry knows the clients.
            func draining(_ index: Int, deadline: String = "60s") async throws -> (run: ChildProcess, id: String) {
                let name = gateway.workerID(index).rawValue
                let run = try gadtop(["drain", name, "--deadline", deadline, "--yes", "-o", "json"])
                try await eventually("\(name) is draining", within: .seconds(20)) {
                    guard !run.hasExited else { throw NeverHappened(description: run.errors) }
                    return try await gateway.stats(index).drain != nil
                }
                let running = try await gateway.operations().first { $0.outcome == nil }
                guard let running else { throw NeverHappened(description: "no operation runs") }
                return (run, running.id)
            }
        }

        @Test("are two at once: the second is refused and told who leads; a third cancels the first")
        func two() async throws {
            try await World.run { world in
                let (first, id) = try await world.draining(0)
                let second = try await world.ended(["drain", "gw-w1", "--yes"])
                #expect(second.exitStatus == .code(1))
                #expect(second.errors.contains(id) && second.errors.contains("is led by"), "\(second.errors)")
                let cancel = try await world.ended(["operations", "cancel", id, "--reason", "wrong", "--yes"])
                #expect(cancel.exitStatus == .code(0), "\(cancel.errors)")
                #expect(try await first.wait() == .code(1))
                #expect(first.output.contains(#""outcome":"cancelled""#), "\(first.output)")
                #expect(try await world.gateway.stats(0).state == .active)
            }
        }

        @Test("may be killed: the drain goes on, and another cancels it")
        func killed() async throws {
            try await World.run { world in
                let (first, id) = try await world.draining(0)
                first.signal(SIGKILL)
                #expect(try await world.gateway.stats(0).drain != nil)
                let cancel = try await world.ended(["operations", "cancel", id, "--yes", "-o", "json"])
                #expect(cancel.exitStatus == .code(0), "\(cancel.errors)")
                #expect(cancel.output.contains(#""outcome":"cancelled""#), "\(cancel.output)")
                #expect(try await world.gateway.stats(0).state == .active)
            }
        }

        @Test("may be killed: another takes over and leads the drain to its end")
        func takenOver() async throws {
            try await World.run { world in
                let (first, id) = try await world.draining(0, deadline: "20s")
                first.signal(SIGKILL)
                let second = try await world.ended(["operations", "takeover", id, "--yes", "-o", "json"])
                #expect(second.exitStatus == .code(0), "\(second.errors)")
                #expect(second.output.contains(#""outcome":"done""#), "\(second.output)")
                #expect(try await world.gateway.stats(0).state == .drained)
            }
        }

        @Test("lose Redis in the middle: nothing is ordered meanwhile, and with it back the drain is led to its end")
        func redisLost() async throws {
            try await World.run(redisOptions: ["--appendonly", "yes", "--appendfsync", "always"]) { world in
                let (run, _) = try await world.draining(0, deadline: "12s")
                try await world.redis.kill()
                try await eventually("it says so", within: .seconds(20)) { run.errors.contains("cut off") }
                try await world.redis.start()
                #expect(try await run.wait(within: .seconds(60)) == .code(0), "\(run.errors)")
                #expect(run.output.contains(#""outcome":"done""#))
            }
        }

        @Test("see a worker that is killed in the middle of its drain: it is said, and the drain has failed")
        func workerKilled() async throws {
            try await World.run { world in
                let (run, _) = try await world.draining(0)
                kill(try await world.gateway.identity(0).pid, SIGKILL)
                #expect(try await run.wait(within: .seconds(60)) == .code(1), "\(run.errors)")
                #expect(run.output.contains("in the middle of its drain"), "\(run.output)")
            }
        }

        @Test("cannot carry out a plan twice, nor an old one, and an order without an operation is refused")
        func plans() async throws {
            try await World.run(workers: 1) { world in
                let gateway = world.gateway
                let past = try await gateway.plan(.drain, on: [0]).takenAt.advanced(by: .seconds(-120))
                let old = try await gateway.begin(try await gateway.plan(.drain, on: [0], takenAt: past))
                let refusal = try AdminJSON.decode(AdminError.self, from: old)
                #expect(refusal.code == .planExpired, "\(refusal)")
                let record = try await gateway.beginSoon(.drain, on: [0])
                let again = try AdminJSON.decode(AdminError.self, from: try await gateway.begin(record.plan))
                #expect([.planInvalid, .operationRunning].contains(again.code))
                let bare = try await gateway.post(.drain, DrainRequest())
                #expect(try AdminJSON.decode(AdminError.self, from: bare).code == .operationRequired)
            }
        }

        @Test("are not held up by a worker whose admin socket hangs")
        func hung() async throws {
            try await World.run { world in
                let pid = try await world.gateway.identity(1).pid
                kill(pid, SIGSTOP)
                defer { kill(pid, SIGCONT) }
                let list = try await world.ended(["get", "operations", "-o", "json"], within: .seconds(20))
                #expect(list.exitStatus == .code(0), "\(list.errors)")
                try await eventually("the others can be drained", within: .seconds(60)) {
                    let run = try await world.ended(["drain", "gw-w0", "--deadline", "4s", "--yes", "--keep", "0%"])
                    return run.exitStatus == .code(0)
                }
            }
        }

        @Test("stop what runs with the safety lever, after which nothing starts until it is released")
        func lever() async throws {
            try await World.run { world in
                let (run, _) = try await world.draining(0)
                let engaged = try await world.ended(["safety", "engage", "--reason", "incident", "--yes"])
                #expect(engaged.exitStatus == .code(0), "\(engaged.errors)")
                #expect(try await run.wait(within: .seconds(20)) == .code(1))
                #expect(try await world.gateway.stats(0).state == .active)
                let blocked = try await world.ended(["drain", "gw-w1", "--yes"])
                #expect(blocked.exitStatus == .code(1) && blocked.errors.contains("safety release"))
                #expect(try await world.ended(["safety", "release", "--yes"]).exitStatus == .code(0))
            }
        }
    }
}
