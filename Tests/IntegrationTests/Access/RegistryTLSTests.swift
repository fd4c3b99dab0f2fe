import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Two nodes that one Redis knows")
    struct RegistryTLSTests {
        private static let rules =
            "admin: {access: [{user: root, role: admin}, {certificate: \"gad://user/maria\", role: operator}]}"

        @Test("are one fleet: workers of another machine are read and operated by TLS, those of this one by socket")
        func otherNode() async throws {
            let redis = try await RedisServer.started()
            let certificates = try await AdminCertificates(
                workers: ["here-w0", "there-w0"], people: ["maria", "pedro"])
            let here = try await Gadgate(
                workers: 1, node: "here", redis: redis.url, options: certificates.options(port: try FreePort.next()),
                configuration: Self.rules)
            let there = try await Gadgate(
                workers: 1, node: "there", redis: redis.url, options: certificates.options(port: try FreePort.next()),
                configuration: Self.rules)
            // To whoever has not its socket, the worker is on another machine.
            try FileManager.default.moveItem(atPath: there.socketPath(0), toPath: there.runDirectory + "/away")

            let maria = try certificates.context(fleet: "redis: \(redis.url)", person: "maria")
            let workers = try await gadtop(["get", "workers", "-o", "csv"], home: maria)
            #expect(workers.exitStatus == .code(0), "\(workers.errors)")
            let lines = workers.output.split(separator: "\n").dropFirst()
            #expect(lines.map { $0.prefix { $0 != "," } } == ["here-w0", "there-w0"], "\(workers.output)")

            let drain = try await gadtop(
                ["drain", "there-w0", "--deadline", "4s", "--yes", "-o", "json"], home: maria)
            #expect(drain.exitStatus == .code(0), "\(drain.errors)")
            #expect(try await state(of: "there-w0", maria) == "drained")
            let back = try await gadtop(["undrain", "there-w0", "--yes"], home: maria)
            #expect(back.exitStatus == .code(0), "\(back.errors)")
            let audit = try await gadtop(["audit", "list", "-o", "json"], home: maria)
            #expect(audit.output.contains(#""worker":"there-w0","identity":"gad://user/maria""#), "\(audit.output)")
            let doctor = try await gadtop(["doctor"], home: maria)
            #expect(
                doctor.output.contains("access to there-w0: you are gad://user/maria, operator"), "\(doctor.output)")
            #expect(doctor.output.contains("access to here-w0: you are root, admin"), "\(doctor.output)")

            let pedro = try certificates.context(fleet: "redis: \(redis.url)", person: "pedro")
            let denied = try await gadtop(["undrain", "there-w0", "--yes"], home: pedro)
            #expect(denied.exitStatus == .code(5), "\(denied.errors)")
            withExtendedLifetime((here, there)) {}
        }

        private func state(of worker: String, _ home: TemporaryDirectory) async throws -> String? {
            let run = try await gadtop(["get", "workers", "-o", "json"], home: home)
            let workers = try JSONDecoder().decode([JSONValue].self, from: Data(run.output.utf8))
            return workers.first { $0["id"]?.string == worker }?["state"]?.string
        }

        private func gadtop(_ arguments: [String], home: TemporaryDirectory) async throws -> ChildProcess {
            let process = try ChildProcess(
                try BuiltProduct.path("gadtop"), arguments + ["--context", "test"],
                environment: ["XDG_CONFIG_HOME": home.path])
            _ = try await process.wait(within: .seconds(40))
            return process
        }
    }
}
