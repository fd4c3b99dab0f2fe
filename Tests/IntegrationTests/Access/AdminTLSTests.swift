import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("The admin API over TCP")
    struct AdminTLSTests {
        private static let rules =
            "admin: {access: [{user: root, role: admin}, "
            + "{certificate: \"gad://user/maria\", role: operator}]}"

        private func gadtop(_ arguments: [String], home: TemporaryDirectory) async throws -> ChildProcess {
            let process = try ChildProcess(
                try BuiltProduct.path("gadtop"), arguments + ["--context", "test"],
                environment: ["XDG_CONFIG_HOME": home.path])
            _ = try await process.wait(within: .seconds(30))
            return process
        }

        private struct World {
            let redis: RedisServer
            let certificates: AdminCertificates
            let gateway: Gadgate
            let port: Int
        }

        private func run(_ body: (World) async throws -> Void) async throws {
            let redis = try await RedisServer.started()
            let certificates = try await AdminCertificates(workers: ["gw-w0"], people: ["maria", "pedro"])
            let port = try FreePort.next()
            let gateway = try await Gadgate(
                workers: 1, redis: redis.url, options: certificates.options(port: port), configuration: Self.rules)
            try await body(World(redis: redis, certificates: certificates, gateway: gateway, port: port))
        }

        @Test("lets in whom a certificate and a rule name, and nobody whom only a certificate names")
        func identities() async throws {
            try await run { world in
                let maria = try world.certificates.context(workers: ["gw-w0": world.port], person: "maria")
                let order = try await gadtop(["undrain", "gw-w0", "--yes"], home: maria)
                #expect(order.output.contains("the worker is not drained") || order.errors.contains("not drain"))
                let audit = try await gadtop(["audit", "list", "-o", "json"], home: maria)
                #expect(audit.output.contains("\"identity\":\"gad://user/maria\""), "\(audit.errors)")
                let doctor = try await gadtop(["doctor"], home: maria)
                #expect(doctor.exitStatus == .code(0), "\(doctor.output)")
                #expect(doctor.output.contains("you are gad://user/maria, operator"))
                let pedro = try world.certificates.context(workers: ["gw-w0": world.port], person: "pedro")
                let denied = try await gadtop(["get", "workers"], home: pedro)
                #expect(denied.exitStatus == .code(5))
                #expect(denied.errors.contains("gad://user/pedro is not known to this worker"), "\(denied.errors)")
            }
        }

        @Test("refuses certificates of another authority, expired ones, and clients without one")
        func forgedClients() async throws {
            try await run { world in
                let forged = try await AdminCertificates(workers: [], people: ["maria"])
                let ours = world.certificates
                let home = try ours.context(workers: ["gw-w0": world.port], person: "maria")
                let (certificate, key) = ours.person("maria")
                let (false1, false2) = forged.person("maria")
                try copy(false1, to: certificate)
                try copy(false2, to: key)
                let eve = try await gadtop(["get", "workers"], home: home)
                #expect(eve.exitStatus == .code(5))
                #expect(eve.errors.contains("the worker refuses our certificate"), "\(eve.errors)")
                #expect(eve.errors.contains("--client-ca"))
                try await ours.make("person", ["maria"], days: -1)
                let late = try await gadtop(["get", "workers"], home: home)
                #expect(late.exitStatus == .code(5))
                #expect(late.errors.contains("it has expired"), "\(late.errors)")
                let bare = try ChildProcess(
                    "curl", ["-s", "-k", "-m", "5", "https://127.0.0.1:\(world.port)/v1/stats"])
                #expect(try await bare.wait() != .code(0))
                let plain = try ChildProcess(
                    "curl", ["-s", "-m", "5", "http://127.0.0.1:\(world.port)/v1/stats"])
                #expect(try await plain.wait() != .code(0))
                try await eventually("the gateway's log tells of it") {
                    world.gateway.supervisor.errors.contains("an admin client was refused")
                        || world.gateway.supervisor.output.contains("an admin client was refused")
                }
            }
        }

        @Test("is not told anything when it shows another worker's name, or a certificate of another authority")
        func forgedWorkers() async throws {
            try await run { world in
                let ours = world.certificates
                let other = try ours.context(workers: ["gw-w7": world.port], person: "maria")
                let name = try await gadtop(["get", "workers"], home: other)
                #expect(name.exitStatus == .code(5))
                #expect(name.errors.contains("is not gw-w7 but gad://worker/gw-w0"), "\(name.errors)")

                let forged = try await AdminCertificates(workers: ["gw-w0"], people: [])
                let home = try ours.context(workers: ["gw-w0": world.port], person: "maria")
                try copy(forged.workersAuthority, to: ours.workersAuthority)
                let authority = try await gadtop(["get", "workers"], home: home)
                #expect(authority.exitStatus == .code(5))
                #expect(authority.errors.contains("the certificate of whoever answers as gw-w0 is refused"))
            }
        }

        @Test("does not start with a certificate that is not the worker's, or without client certificates")
        func start() async throws {
            let certificates = try await AdminCertificates(workers: ["gw-w7"], people: [])
            let (certificate, key) = certificates.worker("gw-w7")
            let common = [
                "check", "--insecure-anonymous", "--node", "gw", "--admin-listen", "127.0.0.1:9443", "--admin-cert",
                certificate, "--admin-key", key,
            ]
            let insecure = try ChildProcess(try BuiltProduct.path("gadgate"), common)
            #expect(try await insecure.wait() != .code(0))
            #expect((insecure.errors + insecure.output).contains("give --client-ca FILE too"))
            let foreign = try ChildProcess(
                try BuiltProduct.path("gadgate"), common + ["--client-ca", certificates.peopleAuthority])
            #expect(try await foreign.wait() != .code(0))
            #expect((foreign.errors + foreign.output).contains("gad://worker/gw-w0"), "\(foreign.errors)")
        }

        private func copy(_ source: String, to target: String) throws {
            try Data(contentsOf: URL(filePath: source)).write(to: URL(filePath: target))
        }
    }
}
