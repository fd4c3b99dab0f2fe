import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Delivery across workers")
    struct DeliveryTests {
        @Test("each client of a room gets a message once, on whichever worker it is and however many rooms match")
        func exactlyOnce() async throws {
            let (redis, gateway) = try await fleet()
            let clients = try await clients(8, of: gateway)
            for client in clients { try await client.subscribe(["ops:north", "ops:south"]) }
            let message = #"{"event_type":"alert","message_id":"m-1","data":{"n":1}}"#
            try await redis.publish(message, to: "gad:room:ops:north")
            try await redis.publish(message, to: "gad:room:ops:south")
            try await redis.publish(
                #"{"event_type":"alert","message_id":"m-1","topic":"ops:north","data":{"n":1}}"#, to: "ws_broadcast")
            for client in clients { #expect(try await client.texts() == [message]) }
            let connections = try await [gateway.stats(0).connections, gateway.stats(1).connections]
            #expect(connections.reduce(0, +) == 8)
            #expect(!connections.contains(0), "the kernel gave every client to one worker; nothing crossed")
        }

        @Test("a client that publishes reaches the others on every worker, and itself once")
        func clientPublishes() async throws {
            let (redis, gateway) = try await fleet()
            defer { withExtendedLifetime(redis) {} }
            let clients = try await clients(6, of: gateway)
            for client in clients { try await client.subscribe(["citizen:news"]) }
            try clients[0].send(
                #"{"event_type":"publish","data":{"event_type":"news","topic":"citizen:news","data":{"text":"hola"}}}"#)
            for client in clients {
                let news = try await client.envelope("news")
                #expect(news.data["text"]?.string == "hola")
                #expect(news.messageID != nil)
                #expect(try await client.texts().filter { $0.contains("hola") }.isEmpty, "it came twice")
            }
        }

        @Test("what GRUPO_GAD published passes byte for byte, to whom it was for")
        func capturedEnvelopes() async throws {
            let (redis, gateway) = try await fleet()
            let member = try await clients(1, of: gateway)[0]
            let stranger = try await clients(1, of: gateway)[0]
            try await member.subscribe(["notifications"])
            for envelope in GrupoGAD.published { try await redis.publish(envelope, to: "ws_broadcast") }
            let notification = try #require(GrupoGAD.published.first)
            #expect(try await member.texts() == [notification])
            #expect(try await stranger.texts().isEmpty, "an alert for ADMIN or a topic reached an anonymous client")
        }

        @Test("a role or a user named in ws_broadcast is reached on every worker, and nobody else is")
        func targets() async throws {
            let redis = try await RedisServer.started()
            let secret = try TestSecret()
            let gateway = try await Gadgate(redis: redis.url, options: ["--jwt-secret-file", secret.path])
            let admins = try await (0..<4).asyncMap {
                try await secret.client(of: gateway, user: "a\($0)", role: "ADMIN")
            }
            let clerk = try await secret.client(of: gateway, user: "clerk", role: "LEVEL_2")
            let alert = try #require(GrupoGAD.published.last)
            try await redis.publish(alert, to: "ws_broadcast")
            let personal = #"{"event_type":"note","message_id":"p-1","target_user_id":"clerk","data":{}}"#
            try await redis.publish(personal, to: "ws_broadcast")
            for admin in admins { #expect(try await admin.texts() == [alert]) }
            #expect(try await clerk.texts() == [personal])
        }

        private func fleet() async throws -> (RedisServer, Gadgate) {
            let redis = try await RedisServer.started()
            return (redis, try await Gadgate(redis: redis.url))
        }

        private func clients(_ count: Int, of gateway: Gadgate) async throws -> [WebSocketClient] {
            try await (0..<count).asyncMap { _ in
                let client = try await WebSocketClient(port: gateway.port)
                _ = try await client.envelope("connection_ack")
                return client
            }
        }
    }
}
