import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("The audit of a running fleet")
    struct AuditTests {
        private func gadtop(_ arguments: [String], _ gateway: Gadgate) async throws -> ChildProcess {
            let process = try ChildProcess(
                try BuiltProduct.path("gadtop"), arguments + ["--run-dir", gateway.runDirectory])
            _ = try await process.wait(within: .seconds(20))
            return process
        }

        private func order(_ path: String, _ gateway: Gadgate, _ index: Int) async throws -> [UInt8] {
            try await gateway.curl(index, path, ["-X", "POST", "-d", "{\"reason\":\"a test\"}"])
        }

        @Test("finds records that were edited, removed and moved in Redis, and a chain that was made anew by the file")
        func tampering() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            // Refused as nothing is drained, and written down all the same.
            for index in [0, 1, 0, 1] { _ = try await order("/v1/undrain", gateway, index) }
            try await eventually("all is in Redis") { try await redis.cli(["xlen", "gad:audit"]) == "8" }
            let sound = try await gadtop(["audit", "verify"], gateway)
            #expect(sound.exitStatus == .code(0), "\(sound.output)\(sound.errors)")

            let third = try await redis.cli(["xrange", "gad:audit", "3-0", "3-0"])
            let record = try #require(third.split(separator: "\n").last.map(String.init))
            try await redis.cli(["xdel", "gad:audit", "3-0"])
            let removed = try await gadtop(["audit", "verify"], gateway)
            #expect(removed.exitStatus == .code(1))
            #expect(removed.output.contains("record 3 was removed"))

            try await redis.cli(["xadd", "gad:audit", "9-0", "r", record])
            let moved = try await gadtop(["audit", "verify"], gateway)
            #expect(moved.output.contains("record 3 stands after record 8"), "\(moved.output)")

            // With the whole chain and its head gone, what is written from here on is a chain in itself.
            try await redis.cli(["del", "gad:audit", "gad:audit:head"])
            _ = try await order("/v1/undrain", gateway, 0)
            try await eventually("the new chain begins") { try await redis.cli(["xlen", "gad:audit"]) == "2" }
            #expect(try await gadtop(["audit", "verify"], gateway).exitStatus == .code(0))
            let file = gateway.runDirectory + "/audit/gw-w0.jsonl"
            let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
            try Data(text.replacing("a test", with: "a lie").utf8).write(to: URL(filePath: file))
            let edited = try await gadtop(["audit", "verify", "--file", file], gateway)
            #expect(edited.exitStatus == .code(1))
            #expect(edited.output.contains("record 1 was edited") && edited.output.contains("of the file differs"))
        }

        @Test("without Redis nothing is changed but what restores, whose record follows")
        func redisLost() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            _ = try await gateway.undrainAnswer(0)
            try await eventually("the audit is in Redis") { try await redis.cli(["xlen", "gad:audit"]) == "2" }
            try await redis.kill()
            let body = "{\"deadline_seconds\":30}"
            let refused = try AdminJSON.decode(
                AdminError.self, from: try await gateway.curl(0, "/v1/drain", ["-X", "POST", "-d", body]))
            #expect([.auditUnavailable, .unavailable, .operationRequired].contains(refused.code), "\(refused)")
            #expect(try await gateway.stats(0).state == .active)
            // It reaches its own refusal: the audit held nothing up.
            #expect(try await gateway.undrainAnswer(0).code == .notDraining)
            try await redis.start()
            try await eventually("what waited is in Redis", within: .seconds(20)) {
                (Int(try await redis.cli(["xlen", "gad:audit"])) ?? 0) >= 2
            }
        }
    }
}

extension Gadgate {
    fileprivate func undrainAnswer(_ index: Int) async throws -> AdminError {
        try AdminJSON.decode(AdminError.self, from: try await curl(index, "/v1/undrain", ["-X", "POST"]))
    }
}
