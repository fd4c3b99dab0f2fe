import AdminAPI
import FleetModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("SIGHUP")
    struct ReloadTests {
        /// A gateway of two workers with a configuration file, and a client in `ops:north` on one of them.
        struct Fleet {
            let gateway: Gadgate
            let client: WebSocketClient

            init(_ configuration: String) async throws {
                gateway = try await Gadgate(redis: unreachableRedis, configuration: configuration)
                client = try await WebSocketClient(port: gateway.port)
                try await client.subscribe(["ops:north"])
            }

            /// Of `ops:north`, as the first worker says that has a client in it.
            func criticality() async throws -> Criticality? {
                for index in 0..<gateway.workers {
                    let page = try AdminJSON.decode(
                        Page<RoomInfo>.self, from: try await gateway.curl(index, "/v1/rooms"))
                    if let room = page.items.first(where: { $0.room.rawValue == "ops:north" }) {
                        return room.criticality
                    }
                }
                return nil
            }

            /// How often the log says it.
            func count(of words: String) -> Int { gateway.supervisor.errors.split(separator: words).count - 1 }
        }

        @Test("with a right file, clients that are connected are served by it, and so is a worker that is killed later")
        func right() async throws {
            let fleet = try await Fleet("rooms: [{prefix: \"ops:\", class: important}]")
            #expect(try await fleet.criticality() == .important)
            try fleet.gateway.reload(
                "port: 1\nrooms: [{prefix: \"ops:\", class: best_effort}]\nlimits: {rooms_per_connection: 1}")
            try await eventually("both workers applied the policy") { fleet.count(of: "policy applied") == 2 }
            #expect(try await fleet.criticality() == .bestEffort)
            try fleet.client.send(#"{"event_type":"subscribe","data":{"events":["ops:south"]}}"#)
            #expect(try await fleet.client.envelope("error").data["code"]?.string == "too_many_rooms")
            let log = fleet.gateway.supervisor.errors
            #expect(log.contains("configuration reloaded changed=\"rooms, limits.rooms_per_connection\""))

            let before = try await fleet.gateway.identity(0)
            kill(before.pid, SIGKILL)
            try await eventually("another process serves as worker 0", within: .seconds(10)) {
                // The admin socket is refused until it does.
                guard let identity = try? await fleet.gateway.identity(0) else { return false }
                return identity.pid != before.pid && identity.state == .active
            }
            let late = try await WebSocketClient(port: try await fleet.gateway.identity(0).workerPort)
            try await late.subscribe(["ops:north"])
            #expect(try await fleet.criticality() == .bestEffort)
        }

        @Test("with a wrong file, one line says where, and what was in force stays")
        func wrong() async throws {
            let fleet = try await Fleet("rooms: [{prefix: \"ops:\", class: important}]")
            try fleet.gateway.reload(
                "rooms:\n  - {prefix: \"ops:\", class: best_effort}\nqueues:\n  worker_bytes: lots\n")
            try await eventually("the error is in the log") {
                fleet.gateway.supervisor.errors.contains("\(fleet.gateway.configurationFile):4: queues.worker_bytes: ")
            }
            // The signal after it is obeyed after it.
            try fleet.gateway.reload("rooms: [{prefix: \"ops:\", class: important}]\nstorms: {factor: 9}")
            try await eventually("the next file is applied") { fleet.count(of: "policy applied") == 2 }
            #expect(try await fleet.criticality() == .important)
            #expect(fleet.count(of: "the configuration is wrong") == 1)
            #expect(fleet.gateway.supervisor.errors.contains("configuration reloaded changed=storms.factor"))
        }

        @Test("names the settings that only a restart applies")
        func restart() async throws {
            let fleet = try await Fleet("log_level: info")
            try fleet.gateway.reload("log_level: info\nloops: 2\nshutdown_deadline: 5s")
            try await eventually("the warning is in the log") {
                fleet.gateway.supervisor.errors.contains("settings=\"loops, shutdown_deadline\"")
            }
            #expect(fleet.count(of: "policy applied") == 0)
        }

        @Test(
            "a certificate that was renewed is shown to new clients; one that is wrong is logged, and the old one stays"
        )
        func certificates() async throws {
            let served = try await TestCertificates()
            let renewed = try await TestCertificates()
            let gateway = try await Gadgate(
                redis: unreachableRedis,
                options: ["--insecure-anonymous", "--tls-cert", served.certificate, "--tls-key", served.key])
            #expect(try await isServed(gateway, trusting: served.authority))

            try served.replace(certificate: renewed.certificate)
            gateway.supervisor.signal(SIGHUP)
            try await eventually("both workers refused the pair") {
                gateway.supervisor.errors.split(separator: "the certificate before stays in use").count == 3
            }
            #expect(try await isServed(gateway, trusting: served.authority))

            try served.replace(key: renewed.key)
            gateway.supervisor.signal(SIGHUP)
            try await eventually("both workers took the pair") {
                gateway.supervisor.errors.split(separator: "certificate read again").count == 3
            }
            #expect(try await isServed(gateway, trusting: renewed.authority))
            #expect(try await !isServed(gateway, trusting: served.authority))
        }

        /// Whether the gateway answers a client that trusts this certificate only.
        private func isServed(_ gateway: Gadgate, trusting certificate: String) async throws -> Bool {
            let curl = try ChildProcess(
                "curl",
                [
                    "-sf", "-m", "5", "--cacert", certificate, "--resolve", "localhost:\(gateway.port):127.0.0.1",
                    "https://localhost:\(gateway.port)/health/live",
                ])
            return try await curl.wait() == .code(0)
        }
    }
}
