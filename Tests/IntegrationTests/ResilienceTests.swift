import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("What fails while it runs")
    struct ResilienceTests {
        @Test("a killed worker is back within two seconds, on the same admin socket")
        func killedWorker() async throws {
            let gateway = try await Gadgate(redis: unreachableRedis)
            let before = try await gateway.identity(1)
            let clock = ContinuousClock()
            let start = clock.now
            kill(before.pid, SIGKILL)
            try await eventually("another process serves as worker 1", within: .seconds(10)) {
                guard let identity = try? await gateway.identity(1) else { return false }
                return identity.pid != before.pid && identity.state == .active
            }
            #expect(clock.now - start < .seconds(2))
            #expect(try await gateway.identity(0).state == .active)
        }

        @Test("a worker that hangs is told of, killed and replaced")
        func hungWorker() async throws {
            let gateway = try await Gadgate(
                redis: unreachableRedis, options: ["--insecure-anonymous", "--watchdog", "7s"])
            let before = try await gateway.identity(1)
            kill(before.pid, SIGSTOP)
            defer { kill(before.pid, SIGKILL) }
            try await eventually("another process serves as worker 1", within: .seconds(30)) {
                guard let identity = try? await gateway.identity(1) else { return false }
                return identity.pid != before.pid && identity.state == .active
            }
            #expect(gateway.supervisor.errors.contains("the worker hangs"))
            #expect(gateway.supervisor.errors.contains("the worker is killed: it hung for too long"))
        }

        @Test("a supervisor that is killed leaves no worker behind")
        func killedSupervisor() async throws {
            let gateway = try await Gadgate(redis: unreachableRedis)
            let workers = try await [gateway.identity(0).pid, gateway.identity(1).pid]
            gateway.supervisor.signal(SIGKILL)
            try await eventually("the workers are gone") { workers.allSatisfy { kill($0, 0) != 0 } }
        }

        @Test(
            "with Redis lost the worker serves its own clients and says it is degraded; with Redis back it needs no restart"
        )
        func redisLost() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(redis: redis.url)
            let clients = try await (0..<4).asyncMap { _ in try await WebSocketClient(port: gateway.port) }
            for client in clients { try await client.subscribe(["ops:north"]) }
            let pids = try await [gateway.identity(0).pid, gateway.identity(1).pid]

            try await redis.kill()
            for index in 0..<2 {
                try await eventually("worker \(index) says it is degraded", within: .seconds(20)) {
                    let stats = try await gateway.stats(index)
                    return stats.degraded != nil && stats.redisBreaker != .closed
                }
            }
            try clients[0].send(
                #"{"event_type":"publish","data":{"event_type":"local","topic":"ops:north","data":{}}}"#)
            _ = try await clients[0].envelope("local")

            try await redis.start()
            for index in 0..<2 {
                try await eventually("worker \(index) is well again", within: .seconds(15)) {
                    try await gateway.stats(index).degraded == nil
                }
            }
            try await redis.publish(#"{"event_type":"back","message_id":"b-1","data":{}}"#, to: "gad:room:ops:north")
            for client in clients { _ = try await client.envelope("back") }
            #expect(try await [gateway.identity(0).pid, gateway.identity(1).pid] == pids)
        }

        @Test("a worker that starts before Redis serves, and joins it when it comes")
        func redisAbsentAtFirst() async throws {
            let redis = try RedisServer()
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            let client = try await WebSocketClient(port: gateway.port)
            let answer = try await client.subscribe(["ops:north"])
            #expect(answer.data["degraded"]?.bool == true)
            try await redis.start()
            try await eventually("the worker is connected", within: .seconds(15)) {
                try await gateway.stats(0).degraded == nil
            }
            try await redis.publish(#"{"event_type":"hello","message_id":"h-1","data":{}}"#, to: "gad:room:ops:north")
            _ = try await client.envelope("hello")
        }

        @Test("SIGTERM drains: clients are told where not to return to, and the gateway leaves with status 0")
        func termination() async throws {
            let gateway = try await Gadgate(
                workers: 1, redis: unreachableRedis,
                options: [
                    "--insecure-anonymous", "--shutdown-deadline", "3s",
                ])
            let client = try await WebSocketClient(port: gateway.port)
            _ = try await client.envelope("connection_ack")
            gateway.supervisor.signal(SIGTERM)
            let notice = try await client.envelope("reconnect")
            #expect(notice.data["within_ms"]?.number != nil)
            #expect(try await client.closeCode(within: .seconds(6)) == .shutdown)
            #expect(try await gateway.supervisor.wait(within: .seconds(8)) == .code(0))
        }
    }
}
