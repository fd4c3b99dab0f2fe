import FleetModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension Integration {
    /// Each row of the table in `Sources/Gateway/Resilience/README.md`, on real processes.
    @Suite("What a failing Redis does to critical messages")
    struct RedisFailureTests {
        @Test("killed and started again with its log: none lost, none twice")
        func killed() async throws {
            let (redis, gateway) = try await fleet(options: ["--appendonly", "yes", "--appendfsync", "always"])
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                try await redis.kill()
                try await degraded(gateway)
                try await redis.start()
            }
            check(outcome)
        }

        @Test("killed and started again empty: what was lost with it is said to be lost")
        func emptied() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome(resets: 6) {
                try await redis.kill()
                try await degraded(gateway)
                try await redis.start()
            }
            #expect(outcome.notRecovered >= 6, "every client has to be told that the stream began anew")
            #expect(outcome.lost == 0 && outcome.twice == 0, "\(outcome.lost) lost, \(outcome.twice) twice")
        }

        @Test("hung (SIGSTOP) for eight seconds: none lost, none twice")
        func paused() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                redis.pause()
                try await degraded(gateway)
                redis.resume()
            }
            check(outcome)
        }

        @Test("slow (every command waits up to 400 ms): none lost, none twice")
        func slow() async throws {
            let (redis, gateway) = try await fleet(options: ["--enable-debug-command", "yes"])
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                for _ in 0..<10 { try await redis.command("DEBUG", "SLEEP", "0.4") }
            }
            check(outcome)
        }

        @Test("refusing connections after cutting all: none lost, none twice")
        func refusing() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                // One connection stays: nobody else is let in until it says so.
                let words = [
                    "CONFIG SET maxclients 1", "CLIENT KILL TYPE normal SKIPME yes", "CLIENT KILL TYPE pubsub",
                ]
                let cut = try ChildProcess(
                    "sh",
                    [
                        "-c",
                        "(printf '\(words.joined(separator: "\\n"))\\n'; sleep 8; echo CONFIG SET maxclients 10000) | "
                            + "redis-cli -p \(redis.port)",
                    ])
                try await degraded(gateway)
                #expect(try await cut.wait(within: .seconds(20)) == .code(0))
            }
            check(outcome)
        }

        @Test("out of memory: publishers are refused, nothing accepted is lost, nothing comes twice")
        func outOfMemory() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                try await redis.command("CONFIG", "SET", "maxmemory", "1")
                try await eventually("the stream breaker opens", within: .seconds(20)) {
                    let breakers = try await gateway.stats(0).breakers + gateway.stats(1).breakers
                    return breakers.contains { $0.name == .stream && $0.state != .closed }
                }
                try await redis.command("CONFIG", "SET", "maxmemory", "0")
            }
            check(outcome)
        }

        @Test("Pub/Sub cut again and again while commands work: live clients get everything, once")
        func subscriberCut() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                // Whether a message falls into the gap is chance.
                try await eventually("a cut loses a message, which is then repaired", within: .seconds(30)) {
                    try await redis.command("CLIENT", "KILL", "TYPE", "pubsub")
                    try await eventually("both workers listen again", within: .seconds(10)) {
                        let (first, second) = try await (gateway.stats(0), gateway.stats(1))
                        return first.degraded == nil && second.degraded == nil
                    }
                    return try await repaired(gateway) > 0
                }
            }
            check(outcome)
            #expect(outcome.returns == 0, "no client has to leave for it")
        }

        @Test("a killed worker: its clients resume at the others, none lost, none twice")
        func killedWorker() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            let outcome = try await CriticalRun(port: gateway.port, clients: 12).outcome {
                for index in [0, 1] {
                    let pid = try await gateway.identity(index).pid
                    kill(pid, SIGKILL)
                    try await eventually("worker \(index) is back", within: .seconds(15)) {
                        guard let identity = try? await gateway.identity(index) else { return false }
                        return identity.pid != pid && identity.state == .active
                    }
                }
            }
            check(outcome)
            #expect(outcome.returns >= 12)
        }

        private func repaired(_ gateway: Gadgate) async throws -> UInt64 {
            try await gateway.stats(0).repairedTotal + gateway.stats(1).repairedTotal
        }

        private func check(_ outcome: CriticalRun.Outcome) {
            #expect(outcome.accepted.count >= 20)
            #expect(outcome.lost == 0, "\(outcome.lost) of \(outcome.accepted.count) by each client lost")
            #expect(outcome.twice == 0, "\(outcome.twice) came twice")
            #expect(outcome.notRecovered == 0, "\(outcome.notRecovered) were not recovered")
        }

        private func fleet(options: [String] = []) async throws -> (RedisServer, Gadgate) {
            let redis = try RedisServer(options: options)
            try await redis.start()
            return (redis, try await Gadgate(workers: 2, redis: redis.url))
        }

        private func degraded(_ gateway: Gadgate) async throws {
            for index in 0..<gateway.workers {
                try await eventually("worker \(index) notices", within: .seconds(20)) {
                    try await gateway.stats(index).degraded != nil
                }
            }
        }
    }
}

extension RedisServer {
    /// Sends one command with redis-cli.
    func command(_ words: String...) async throws {
        let exit = try await ChildProcess("redis-cli", ["-p", "\(port)"] + words).wait()
        guard exit == .code(0) else { throw NeverHappened(description: "redis-cli \(words) ended with \(exit)") }
    }
}
