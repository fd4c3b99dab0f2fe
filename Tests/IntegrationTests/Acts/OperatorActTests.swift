import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing
import WebSocket

extension Integration {
    @Suite("An operator's single acts")
    struct OperatorActTests {
        @Test("a broadcast counts who got it and who acknowledged it on each worker, and reaches nobody twice")
        func broadcast() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            let clients = try await (0..<6).asyncMap { try await client(of: gateway, worker: $0 % 2) }
            for client in clients { try await client.subscribe(["gov:alerts"]) }
            let id = "gad-op-c-" + UUID().uuidString.lowercased()
            let arguments = [
                "broadcast", "--room", "gov:alerts", "--message", "leave the building", "--require-ack", "--message-id",
                id, "--yes", "-o", "json",
            ]
            let silent = try await OperatorCommand.run(arguments + ["--wait", "1s"], on: gateway)
            #expect(silent.exit == .code(3), "\(silent.errors)")
            #expect(try count("delivered", silent) == 6)
            #expect(try count("missing", silent) == 6)
            for client in clients {
                let alert = try await client.envelope("broadcast")
                #expect(alert.messageID == id)
                #expect(alert.data["message"]?.string == "leave the building")
            }
            for client in clients { try client.send(#"{"event_type":"ack","data":{"message_id":"\#(id)"}}"#) }
            let again = try await OperatorCommand.run(arguments + ["--wait", "10s"], on: gateway)
            #expect(again.exit == .code(0), "\(again.errors)")
            #expect(try again.json()["published"]?.string == "duplicate")
            #expect(try count("acknowledged", again) == 6)
            #expect(try again.json()["workers"]?.items.compactMap { $0["delivered"]?.number } == [3, 3])
            for client in clients { #expect(try await client.texts().isEmpty, "it came twice") }
        }

        @Test("a broadcast to a critical room is planned as what it is sent as")
        func plannedClass() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            for (room, criticality) in [("gov:nobody", "critical"), ("ops:nobody", "important"), ("x", "best_effort")] {
                let arguments = ["broadcast", "--room", room, "--message", "m", "-o", "json"]
                let plan = try await OperatorCommand.run(arguments + ["--dry-run"], on: gateway)
                #expect(try plan.json()["class"]?.string == criticality, "\(plan.output)")
                let sent = try await OperatorCommand.run(arguments + ["--yes"], on: gateway)
                #expect(try sent.json()["class"]?.string == criticality, "\(sent.output)")
            }
        }

        @Test("a broadcast of a lesser class is followed too, to everyone and to one role")
        func classes() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let secret = try TestSecret()
            let gateway = try await Gadgate(redis: redis.url, options: ["--jwt-secret-file", secret.path])
            let admins = try await (0..<2).asyncMap {
                try await secret.client(of: gateway, user: "a\($0)", role: "ADMIN")
            }
            let clerk = try await secret.client(of: gateway, user: "clerk", role: "LEVEL_2")
            let role = try await OperatorCommand.run(
                ["broadcast", "--role", "ADMIN", "--message", "m", "--yes", "-o", "json"], on: gateway)
            #expect(role.exit == .code(0), "\(role.errors)")
            #expect(try count("delivered", role) == 2)
            let all = try await OperatorCommand.run(
                ["broadcast", "--all", "--message", "n", "--class", "important", "--yes", "-o", "json"], on: gateway)
            #expect(try count("delivered", all) == 3)
            for admin in admins { #expect(try await admin.texts().count == 2) }
            #expect(try await clerk.texts().count == 1)
        }

        @Test("a kick ends the connection with 3507 on whichever worker it is, and nobody else's")
        func kick() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            let victim = try await WebSocketClient(port: try await gateway.identity(1).workerPort)
            let id = try #require(try await victim.envelope("connection_ack").data["connection_id"]?.string)
            let other = try await client(of: gateway, worker: 1)
            let listed = try await OperatorCommand.run(
                ["get", "connections", "--worker", "gw-w1", "-o", "json"], on: gateway)
            #expect(try listed.json().items.count == 2)
            let planned = try await OperatorCommand.run(["kick", id, "--dry-run"], on: gateway)
            #expect(planned.output.contains("an anonymous client") && planned.output.contains("3507"))
            let kicked = try await OperatorCommand.run(["kick", id, "--yes", "-o", "json"], on: gateway)
            #expect(kicked.exit == .code(0), "\(kicked.errors)")
            #expect(try await closeCode(of: victim) == .forbidden)
            #expect(CloseCode.forbidden.mayReconnect == false)
            #expect(try await other.texts().isEmpty)
            let again = try await OperatorCommand.run(["kick", id, "--yes"], on: gateway)
            #expect(again.exit == .code(1))
            #expect(again.errors.contains("no connection \(id)"))
        }

        @Test("a breaker that is held open refuses what it guards, says by whom, and lapses")
        func breaker() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            let publisher = try await client(of: gateway, worker: 0)
            let held = try await OperatorCommand.run(
                ["breaker", "open", "stream", "--worker", "gw-w0", "--for", "4s", "--reason", "trial", "--yes"],
                on: gateway)
            #expect(held.exit == .code(0), "\(held.errors)")
            let message = #"{"event_type":"publish","data":{"event_type":"alert","topic":"gov:a","data":{}}}"#
            try publisher.send(message)
            #expect(try await publisher.envelope("error").data["code"]?.string == "unavailable")
            let stream = try await gateway.stats(0).breakers.first { $0.name == .stream }
            #expect(stream?.state == .open && stream?.override?.reason == "trial")
            #expect(try await gateway.stats(1).breakers.allSatisfy { $0.state == .closed })
            let listing = try await OperatorCommand.run(["get", "breakers"], on: gateway)
            #expect(listing.output.contains("held by"))
            try await eventually("it has lapsed", within: .seconds(10)) {
                try await gateway.stats(0).breakers.allSatisfy { $0.override == nil && $0.state == .closed }
            }
            try publisher.send(message)
            _ = try await publisher.envelope("published")
        }

        private func fleet() async throws -> (RedisServer, Gadgate) {
            let redis = try await RedisServer.started()
            return (redis, try await Gadgate(workers: 2, redis: redis.url))
        }

        private func client(of gateway: Gadgate, worker: Int) async throws -> WebSocketClient {
            let client = try await WebSocketClient(port: try await gateway.identity(worker).workerPort)
            _ = try await client.envelope("connection_ack")
            return client
        }

        private func count(_ field: String, _ command: OperatorCommand) throws -> Int? {
            try command.json()[field]?.number.map { Int($0) }
        }

        private func closeCode(of client: WebSocketClient) async throws -> CloseCode? {
            while true {
                if case .close(let code, _) = try await client.next(within: .seconds(5)) { return code }
            }
        }
    }
}
