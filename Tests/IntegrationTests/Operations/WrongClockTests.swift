import AdminAPI
import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("A clock that is an hour off")
    struct WrongClockTests {
        @Test(
            "of gadtop breaks neither plan nor lease nor take-over, its steps have the fleet's times, and doctor says so",
            arguments: [Duration.seconds(3_600), .seconds(-3_600)])
        func ours(ahead: Duration) async throws {
            let clock = try await WrongClock()
            try await OperatorTests.World.run { world in
                let wrong = clock.environment(ahead: ahead)
                func ended(_ arguments: [String]) async throws -> ChildProcess {
                    let run = try world.gadtop(arguments, environment: wrong)
                    _ = try await run.wait(within: .seconds(60))
                    return run
                }
                let doctor = try await ended(["doctor"])
                #expect(doctor.exitStatus == .code(1))
                let words = "1 h 00 m \(ahead > .zero ? "ahead of" : "behind") those of all 3 workers"
                #expect(doctor.output.contains("clock of this machine: " + words), "\(doctor.output)")

                let begun = UnixTime.now
                let drain = try world.gadtop(["drain", "gw-w0", "--deadline", "40s", "--yes"], environment: wrong)
                let id = try await eventually("the drain runs", within: .seconds(20)) {
                    try await world.gateway.operations().first { $0.outcome == nil }?.id
                }
                try await eventually("the worker drains", within: .seconds(10)) {
                    try await world.gateway.stats(0).drain != nil
                }
                drain.signal(SIGKILL)
                let led = try await ended(["operations", "takeover", id, "--yes"])
                #expect(led.exitStatus == .code(0), "\(led.errors)")
                let record = try #require(try await world.gateway.operations(id: id))
                #expect(!record.steps.isEmpty)
                for step in record.steps {
                    #expect((begun...UnixTime.now).contains(step.at), "\(step)")
                }
                let throttle = try await ended(["throttle", "set", "x:*", "--rate", "5/s", "--for", "10m", "--yes"])
                #expect(throttle.exitStatus == .code(0), "\(throttle.errors)")
                let list = try await ended(["throttle", "list"])
                #expect(list.output.contains(" 9 m ") || list.output.contains("10 m 00 s"), "\(list.output)")
            }
        }

        @Test("of all workers alike harms nothing")
        func theirs() async throws {
            let (clock, redis) = (try await WrongClock(), try await RedisServer.started())
            let gateway = try await Gadgate(
                workers: 2, redis: redis.url, environment: clock.environment(ahead: .seconds(-3_600)))
            try await eventually("a drain is carried out", within: .seconds(30)) {
                let drain = try await OperatorCommand.run(["drain", "gw-w0", "--yes", "--deadline", "4s"], on: gateway)
                return drain.exit == .code(0)
            }
            withExtendedLifetime(redis) {}
        }

        @Test("of one node has plans refused with the reason, and doctor names its workers")
        func oneNode() async throws {
            let (clock, redis) = (try await WrongClock(), try await RedisServer.started())
            let right = try await Gadgate(workers: 1, node: "right", redis: redis.url)
            let wrong = try await Gadgate(
                workers: 1, node: "wrong", redis: redis.url, environment: clock.environment(ahead: .seconds(-3_600)))
            func gadtop(_ arguments: [String]) async throws -> ChildProcess {
                let run = try ChildProcess(try BuiltProduct.path("gadtop"), arguments + ["--redis", redis.url])
                _ = try await run.wait(within: .seconds(40))
                return run
            }
            let doctor = try await gadtop(["doctor"])
            #expect(doctor.exitStatus == .code(1))
            #expect(doctor.output.contains("clock of wrong-w0: 1 h 00 m behind"), "\(doctor.output)")
            #expect(doctor.output.contains("clock of right-w0: agrees"), "\(doctor.output)")
            let drain = try await gadtop(["drain", "right-w0", "--yes"])
            #expect(drain.exitStatus == .code(1))
            #expect(drain.errors.contains("the workers' clocks disagree (see: gadtop doctor)"), "\(drain.errors)")
            let undrain = try await gadtop(["throttle", "set", "x:*", "--rate", "5/s", "--yes"])
            #expect(undrain.exitStatus == .code(0), "what needs no plan goes on: \(undrain.errors)")
            withExtendedLifetime((right, wrong)) {}
        }
    }
}
