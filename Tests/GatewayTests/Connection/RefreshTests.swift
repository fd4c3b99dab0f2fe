import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("A token's life on a connection")
struct RefreshTests {
    private static let secret = AuthenticatorTests.secret
    private static let authentication = DataPlaneConfiguration.Authentication.secret(secret)

    private static func seconds(_ after: Double) -> Double { Double(WallClock.now().microseconds) / 1e6 + after }

    private static func token(_ user: String, _ roles: [String], until end: Double? = nil) async throws -> String {
        var claims: [String: Claim] = ["sub": .text(user), "roles": .list(roles)]
        claims["exp"] = end.map { .number($0) }
        return try await AuthenticatorTests.token(claims)
    }

    private static func auth(_ token: String) -> String { #"{"event_type":"auth","data":{"token":"\#(token)"}}"# }

    private static func open(
        _ worker: TestWorker, _ user: String, _ roles: [String], until end: Double? = nil
    ) async throws -> TestClient {
        let token = try await token(user, roles, until: end)
        return try await TestClient.open(port: worker.port, target: "/ws/connect?token=\(token)").client
    }

    @Test("the client is told once that its token ended, and a fresh one keeps it connected")
    func refresh() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.limits.expiryGrace = .seconds(1)
        }
        try await TestWorker.run(authentication: Self.authentication, configure: configure) { worker in
            let end = Self.seconds(1)
            let kept = try await Self.open(worker, "u", [], until: end)
            let lost = try await Self.open(worker, "v", [], until: end)
            for client in [kept, lost] {
                let news = try await client.envelope()
                #expect(news.eventType == "token_expiring" && news.number("grace_seconds") == 1)
                #expect(news.string("expires_at") == UnixTime(seconds: end).description)
            }
            try await kept.send(Self.auth(try await Self.token("u", ["USER"], until: end + 3_600)))
            let answer = try await kept.envelope()
            #expect(answer.eventType == "authenticated" && answer.strings("roles") == ["USER"])
            #expect(answer.string("expires_at") == UnixTime(seconds: end + 3_600).description)
            #expect(try await lost.closeCode() == .expired)
            try await kept.subscribe("r")
        }
    }

    @Test("a bad token is answered with an error and changes nothing; several in a row close with 3500")
    func badTokens() async throws {
        try await TestWorker.run(authentication: Self.authentication) { worker in
            let client = try await Self.open(worker, "u", [])
            try await client.send(Self.auth(try await Self.token("other", [])))
            #expect(try await client.envelope().string("code") == "forbidden")
            try await client.send(#"{"event_type":"auth","data":{}}"#)
            #expect(try await client.envelope().string("code") == "invalid_data")
            for _ in 0..<5 {
                try await client.send(Self.auth("a.bad.token"))
                let answer = try await client.envelope()
                #expect(answer.string("code") == "unauthorized" && !answer.text.contains("a.bad.token"))
            }
            #expect(try await client.closeCode() == .invalidToken)
            #expect(await worker.plane.snapshot().authFailuresTotal == 5)
        }
    }

    @Test("other roles bring other messages, and rooms that are not allowed any more are left")
    func roles() async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker, authentication: Self.authentication) { worker in
            let client = try await Self.open(worker, "u", ["USER"])
            try await client.subscribe("gov:alerts", "r")
            try await client.send(Self.auth(try await Self.token("u", ["GUEST"])))
            #expect(try await client.envelope().eventType == "authenticated")
            broker.publish(#"{"event_type":"old","message_id":"1"}"#, to: "gad:role:USER")
            broker.publish(#"{"event_type":"new","message_id":"2"}"#, to: "gad:role:GUEST")
            #expect(try await client.envelopes(until: "2").map(\.eventType) == ["new"])
            try await client.send(Self.auth(try await Self.token("u", [])))
            var news = [try await client.envelope(), try await client.envelope()]
            news.sort { $0.eventType ?? "" < $1.eventType ?? "" }
            #expect(news.map(\.eventType) == ["authenticated", "unsubscribed"])
            #expect(news[1].strings("rooms") == ["gov:alerts"] && news[1].string("reason") != nil)
            broker.publish(#"{"event_type":"e","message_id":"3"}"#, to: "gad:room:gov:alerts")
            broker.publish(#"{"event_type":"e","message_id":"4"}"#, to: "gad:room:r")
            #expect(try await client.envelopes(until: "4").map(\.messageID) == ["4"])
        }
    }

    @Test("a room that none of the roles may join is refused at the join")
    func join() async throws {
        try await TestWorker.run(authentication: Self.authentication) { worker in
            let client = try await Self.open(worker, "u", [])
            try await client.send(TestClient.command("subscribe", ["r", "gov:alerts"]))
            let answer = try await client.envelope()
            #expect(answer.string("code") == "forbidden" && answer.text.contains("gov:alerts"))
            #expect(try await client.subscribe("r").number("total") == 1)
        }
    }
}

@Suite("Heartbeats by class")
struct ClassHeartbeatTests {
    private static let mask = MaskingKey(9, 8, 7, 6)

    @Test("a client's most critical room decides how soon it is pinged, from the join on and until it leaves")
    func classes() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.classes.critical.heartbeatInterval = .milliseconds(200)
            configuration.policy.classes.critical.heartbeatTimeout = .seconds(1)
        }
        try await TestWorker.run(configure: configure) { worker in
            let (calm, _) = try await TestClient.open(port: worker.port)
            let (client, _) = try await TestClient.open(port: worker.port)
            try await calm.subscribe("r")
            try await client.subscribe("r", "gov:alerts")
            for _ in 0..<2 {
                #expect(try await client.event() == .ping(ByteBuffer()))
                try await client.send(FrameEncoder.frame(.pong, ByteBuffer(), mask: Self.mask))
            }
            let heard = try #require(await worker.plane.snapshot().lastHeartbeat)
            #expect(heard > WallClock.now().advanced(by: .seconds(-2)))
            try await calm.send(#"{"event_type":"ping"}"#)
            #expect(try await calm.envelope().eventType == "pong")
        }
    }

    @Test("a reloaded policy holds from a client's next check on")
    func reload() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.classes.critical.heartbeatInterval = .milliseconds(200)
            configuration.policy.classes.critical.heartbeatTimeout = .seconds(1)
        }
        try await TestWorker.run(configure: configure) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("gov:alerts")
            #expect(try await client.event() == .ping(ByteBuffer()))
            var policy = GatewayPolicy()
            policy.rules = CriticalityRules(rules: [.init(prefix: "gov:", criticality: .bestEffort)])
            await worker.plane.apply(policy)
            try await client.send(FrameEncoder.frame(.pong, ByteBuffer(), mask: Self.mask))
            try await eventually("its room is of another class") {
                await worker.plane.onEachShard { $0.connections.compactMap { $0?.heartbeatClass } } == [[.bestEffort]]
            }
        }
    }
}
