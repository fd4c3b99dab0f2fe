import AdminAPI
import FleetModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension Integration {
    /// Other users than root are tried by root only.
    @Suite("Who may do what to a running fleet", .enabled(if: geteuid() == 0))
    struct AccessTests {
        private static let nobody = ["setpriv", "--reuid", "65534", "--regid", "0", "--clear-groups"]

        /// The user nobody, whom the group of the sockets lets in.
        private func asNobody(_ command: [String]) async throws -> ChildProcess {
            let arguments = Array(Self.nobody.dropFirst()) + command
            let process = try ChildProcess(Self.nobody[0], arguments)
            _ = try await process.wait(within: .seconds(20))
            return process
        }

        private func letIn(to gateway: Gadgate) {
            let above = gateway.runDirectory.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
            chmod(above, 0o750)
        }

        @Test("another user is a viewer, who reads everything, changes nothing, and is written down")
        func viewer() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            letIn(to: gateway)
            let socket = gateway.socketPath(0)
            let curl = ["curl", "-s", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket", socket]
            for route in AdminRoute.allCases where route != .stream {
                for method in route.methods {
                    let run = try await asNobody(
                        curl + ["-X", method, "-H", "Gad-Role: admin", "http://worker\(route.rawValue)"])
                    if method == "POST" {
                        #expect(run.output == "403", "\(method) \(route)")
                    } else {
                        #expect(run.output != "403", "\(method) \(route)")
                    }
                }
            }
            #expect(try await gateway.stats(0).state == .active)
            let page = try AdminJSON.decode(AuditPage.self, from: try await gateway.curl(0, "/v1/audit?limit=100"))
            #expect(page.items.contains { $0.event.kind == .denied && $0.event.identity == "nobody" })
            #expect(page.items.allSatisfy { $0.event.kind == .denied })

            let gadtop = try await asNobody([
                try BuiltProduct.path("gadtop"), "drain", "gw-w0", "--allow-last", "--yes", "--run-dir",
                gateway.runDirectory,
            ])
            #expect(gadtop.exitStatus == .code(5), "\(gadtop.errors)")
            #expect(gadtop.errors.contains("needs the role operator"), "\(gadtop.errors)")
        }

        @Test("a rule that SIGHUP brings makes an operator of a user, and takes that again")
        func reload() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            letIn(to: gateway)
            func role() async throws -> AccessReport {
                let run = try await asNobody(
                    ["curl", "-s", "-m", "5", "--unix-socket", gateway.socketPath(0), "http://worker/v1/access"])
                return try AdminJSON.decode(AccessReport.self, from: Array(run.output.utf8))
            }
            #expect(try await role().granted == .viewer)
            try gateway.reload("admin: {access: [{user: root, role: admin}, {user: nobody, role: operator}]}")
            try await eventually("nobody is an operator") { try await role().granted == .operator }
            try gateway.reload("admin: {access: [{user: root, role: admin}]}")
            try await eventually("nobody is nobody") { try await role().granted == nil }
            #expect(try await role().identity == "nobody")
        }
    }
}
