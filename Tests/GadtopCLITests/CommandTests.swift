import FleetModel
import TestSupport
import Testing

@testable import GadtopCLI

@Suite("The built gadtop")
struct CommandTests {
    @Test("workers are printed as JSON with rates and percentiles, a hung one as stale, and the status is 3")
    func getWorkers() async throws {
        let fleet = try FakeFleet(3, hung: [1])
        let run = try await BuiltGadtop.run(["get", "workers", "-o", "json", "--run-dir", fleet.directory.path])
        #expect(run.exit == .code(3), "\(run.errors)")
        #expect(run.errors.contains("1 of 3 workers do not answer: gw1-w1;"))
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 5)
        #expect(lines[1].contains(#""id":"gw1-w0""#) && lines[1].contains(#""messages_out_per_second":4000"#))
        #expect(lines[1].contains(#""latency_p99_seconds":0.040"#) && lines[1].contains(#""stale":false"#))
        #expect(lines[2].contains(#""id":"gw1-w1""#) && lines[2].contains(#""stale":true"#))
        #expect(lines[2].contains("no answer within 2 s"))
    }

    @Test("rooms are merged over the workers")
    func getRooms() async throws {
        let fleet = try FakeFleet(2)
        let run = try await BuiltGadtop.run(["get", "rooms", "-o", "csv", "--run-dir", fleet.directory.path])
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(
            run.output.split(separator: "\n").map(String.init).dropFirst().first == "gov:alerts,critical,300,0.333333")
    }

    @Test("breakers are printed of the workers that answer, and of the others it is said that they are left out")
    func getBreakers() async throws {
        let fleet = try FakeFleet(2, hung: [1])
        let run = try await BuiltGadtop.run(["get", "breakers", "-o", "csv", "--run-dir", fleet.directory.path])
        #expect(run.exit == .code(3), "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 4)
        #expect(lines[1].hasPrefix("gw1-w0,publish,closed,"))
        #expect(run.errors.contains("gw1-w1 is left out"))
    }

    @Test("a fleet that is not there ends with 4, and says what was tried and what to do")
    func unreachable() async throws {
        let empty = try TemporaryDirectory()
        for directory in [empty.path, empty.path("missing")] {
            let run = try await BuiltGadtop.run(["get", "workers", "--run-dir", directory])
            #expect(run.exit == .code(4))
            #expect(run.errors.contains(directory) && run.errors.contains("start gadgate"))
            #expect(run.output.isEmpty)
        }
        let dead = try FakeFleet(2, hung: [0, 1])
        let run = try await BuiltGadtop.run(["drain", "gw1-w0", "--yes", "--run-dir", dead.directory.path])
        #expect(run.exit == .code(4))
        let redis = try await BuiltGadtop.run(["get", "workers", "--redis", "redis://127.0.0.1:1"])
        #expect(redis.exit == .code(4), "\(redis.errors)")
        #expect(redis.errors.contains("redis://127.0.0.1:1"))
    }

    @Test(
        "wrong usage ends with 2",
        arguments: [["frobnicate"], ["drain"], ["get", "workers", "-o", "xml"], ["--bogus"]])
    func usage(arguments: [String]) async throws {
        let run = try await BuiltGadtop.run(arguments)
        #expect(run.exit == .code(2), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test("a drain shows its plan, is followed until the worker is drained, and prints one object")
    func drain() async throws {
        let fleet = try FakeFleet(3)
        let run = try await BuiltGadtop.run(
            [
                "drain", "gw1-w2", "--rate", "10/s", "--reason", "kernel", "--yes", "-o", "json", "--run-dir",
                fleet.directory.path,
            ])
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(run.errors.contains("300 connections leave"))
        #expect(run.output.hasPrefix(#"{"operation":"drain","outcome":"done","workers":[{"id":"gw1-w2","ok":true,"#))
        #expect(run.output.contains("drained: 300 connections left, 225 when told and 75 closed"))
        let posted = fleet.workers[2].requests.filter { $0.method == "POST" }.map {
            String(decoding: $0.body, as: UTF8.self)
        }
        #expect(posted == [#"{"rate_per_second":10,"reason":"kernel"}"#])
    }

    @Test("without --yes and without a terminal nothing is drained, nor with --dry-run")
    func nothingDone() async throws {
        let fleet = try FakeFleet(2)
        let asked = try await BuiltGadtop.run(["drain", "gw1-w0", "--run-dir", fleet.directory.path])
        #expect(asked.exit == .code(2))
        #expect(asked.errors.contains("--yes"))
        let dry = try await BuiltGadtop.run([
            "drain", "gw1-w0", "--dry-run", "-o", "json", "--run-dir", fleet.directory.path,
        ])
        #expect(dry.exit == .code(0))
        #expect(dry.output.contains(#""dry_run":true"#) && dry.output.contains(#""recipients":["gw1-w1"]"#))
        #expect(fleet.workers[0].requests.allSatisfy { $0.method == "GET" })
    }

    @Test("an unknown worker is refused with the known ones, and the last active one with the flag that overrides")
    func refusals() async throws {
        let fleet = try FakeFleet(2)
        let unknown = try await BuiltGadtop.run(["drain", "gw9-w9", "--yes", "--run-dir", fleet.directory.path])
        #expect(unknown.exit == .code(1))
        #expect(unknown.errors.contains("gw1-w0, gw1-w1"))
        let all = try await BuiltGadtop.run(["drain", "gw1-w0", "gw1-w1", "--yes", "--run-dir", fleet.directory.path])
        #expect(all.exit == .code(1))
        #expect(all.errors.contains("--allow-last"))
        #expect(fleet.workers.flatMap(\.requests).allSatisfy { $0.method == "GET" })
    }

    @Test("an undrain that some workers refuse is partly done, and one that all refuse has failed")
    func undrain() async throws {
        let fleet = try FakeFleet(3)
        let directory = fleet.directory.path
        _ = try await BuiltGadtop.run(["drain", "gw1-w0", "--yes", "--run-dir", directory])
        let partly = try await BuiltGadtop.run(
            ["undrain", "gw1-w0", "gw1-w1", "--reason", "update done", "--yes", "--run-dir", directory])
        #expect(partly.exit == .code(3))
        #expect(
            fleet.workers[0].requests.last.map { String(decoding: $0.body, as: UTF8.self) }
                == #"{"reason":"update done"}"#)
        #expect(partly.output == "gw1-w0: active\ngw1-w1: failed: the worker is not drained\n")
        let failed = try await BuiltGadtop.run(["undrain", "gw1-w0", "--yes", "-o", "json", "--run-dir", directory])
        #expect(failed.exit == .code(1))
        #expect(failed.output.contains(#""outcome":"failed""#))
    }

    @Test("Ctrl-C in a pipe cancels: what is draining serves again")
    func interrupted() async throws {
        let directory = try TemporaryDirectory()
        let worker = try FakeWorker(WorkerID("gw1-w0"), in: directory.path, reply: FakeFleet.endlessDrain())
        defer { worker.die() }
        let run = try ChildProcess(
            BuiltGadtop.path, ["drain", "gw1-w0", "--allow-last", "--yes", "--run-dir", directory.path])
        try await eventually("progress is told") { run.errors.contains("left") && run.errors.contains("closing") }
        run.signal(2)
        #expect(try await run.wait() == .code(1))
        #expect(run.errors.contains("cancelling") && run.output.contains("undrained gw1-w0"), "\(run.output)")
    }

    @Test("the console without a terminal says what to use in its place")
    func noTerminal() async throws {
        let run = try await BuiltGadtop.run([])
        #expect(run.exit == .code(1))
        #expect(run.errors.contains("get workers"))
    }

    @Test("help has examples, and the version names the libraries")
    func help() async throws {
        let version = try await BuiltGadtop.run(["--version"])
        #expect(version.exit == .code(0))
        #expect(version.output.contains("libcurl") && version.output.contains("OpenSSL"))
        for (arguments, name) in [
            (["--help"], "gadtop"), (["drain", "--help"], "drain"), (["get", "workers", "--help"], "get-workers"),
            (["demo", "--help"], "demo"), (["rebalance", "--help"], "rebalance"),
        ] {
            let run = try await BuiltGadtop.run(arguments, environment: ["COLUMNS": "80"])
            #expect(run.exit == .code(0))
            try expectSnapshot(String(run.output.dropLast()), "help.\(name).txt")
        }
    }
}
