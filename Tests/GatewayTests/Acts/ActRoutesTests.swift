import AdminAPI
import FleetModel
import Foundation
import Testing

@testable import Gateway

@Suite("Single acts over the admin API")
struct ActRoutesTests {
    @Test("a throttle is set in the name of who asked, listed, previewed and cleared")
    func throttle() async throws {
        try await AdminWorld.run { world in
            let body = #"{"pattern":"ops:*","rate_per_second":5,"for_seconds":60,"reason":"flood"}"#
            let list = try await world.client.post("/v1/throttles", body).decoded(ThrottleList.self)
            #expect(list.items.map(\.rule.pattern.rawValue) == ["ops:*"])
            #expect(list.items.first?.rule.setBy == NSUserName())
            #expect(try await world.client.get("/v1/throttles").decoded(ThrottleList.self).items.count == 1)
            let preview = try await world.client.get("/v1/throttles/preview?pattern=%2A").decoded(ThrottlePreview.self)
            #expect((preview.rooms, preview.connections, preview.needsOverride) == (2, 4, true))
            let cleared = try await world.client.post("/v1/throttles/clear", #"{"pattern":"ops:*"}"#)
            #expect(try cleared.decoded(ThrottleList.self).items.isEmpty)
            #expect(try await world.client.post("/v1/throttles/clear", #"{"pattern":"ops:*"}"#).status == 404)
            #expect(world.audit.lines.contains { $0.hasPrefix("before throttle ops:* by \(NSUserName())") })
        }
    }

    @Test("critical rooms are throttled by an admin who says so, and by nobody else")
    func critical() async throws {
        try await AdminWorld.run { world in
            let plain = try await world.client.post("/v1/throttles", #"{"pattern":"*","rate_per_second":5}"#)
            #expect(plain.status == 409)
            #expect(try plain.decoded(AdminError.self).message.contains("gov:x"))
            let body = #"{"pattern":"*","rate_per_second":5,"override_critical":true}"#
            #expect(try await world.client.post("/v1/throttles", body).status == 200)
            world.policy.withLock { $0.access = [AdminRule(.user("*"), role: .operator)] }
            let denied = try await world.client.post("/v1/throttles", body)
            #expect(try denied.decoded(AdminError.self).code == .denied)
        }
    }

    @Test("a broadcast goes out as an envelope to whom it is for, under its own id")
    func broadcast() async throws {
        try await AdminWorld.run { world in
            let body = #"{"message_id":"gad-op-i-12345678","role":"ADMIN","message":"a \"b\"","require_ack":true}"#
            let receipt = try await world.client.post("/v1/broadcast", body).decoded(BroadcastReceipt.self)
            #expect((receipt.outcome, receipt.criticality) == (.published, .important))
            let sent = try #require(world.actTarget.state.withLock { $0.published.first })
            let envelope = try TestClient.Envelope(String(buffer: sent.payload))
            #expect((envelope.eventType, envelope.messageID) == ("broadcast", "gad-op-i-12345678"))
            #expect(envelope.string("message") == #"a "b""#)
            #expect(sent.channel == .role("ADMIN"))
        }
    }

    @Test("a broadcast that Redis did not take is answered so that it is sent again under the same id")
    func unavailable() async throws {
        try await AdminWorld.run { world in
            world.actTarget.state.withLock { $0.outcome = .unavailable }
            let answer = try await world.client.post(
                "/v1/broadcast", #"{"message_id":"gad-op-c-12345678","room":"gov:x","message":"m"}"#)
            #expect(answer.status == 503)
            #expect(try answer.decoded(AdminError.self).message.contains("--message-id gad-op-c-12345678"))
        }
    }

    @Test("a breaker is held for a while, and that is seen wherever breakers are")
    func breaker() async throws {
        try await AdminWorld.run { world in
            let body = #"{"name":"stream","mode":"open","for_seconds":60,"reason":"repair"}"#
            _ = try await world.client.post("/v1/breakers/override", body).decoded(BreakersReport.self)
            let report = try await world.client.get("/v1/breakers").decoded(BreakersReport.self)
            let stream = try #require(report.items.first { $0.breaker.name == .stream }?.breaker)
            #expect(stream.state == .open)
            #expect((stream.override?.by, stream.override?.reason) == (NSUserName(), "repair"))
            let sample = try await world.client.get("/v1/stats").decoded(WorkerSample.self)
            #expect(sample.breakers.contains { $0.override?.by == NSUserName() })
            _ = try await world.client.post("/v1/breakers/override", #"{"name":"stream","mode":"auto"}"#)
            #expect(world.health.breakers.reports.allSatisfy { $0.override == nil && $0.state == .closed })
        }
    }

    @Test("a connection is closed only if it is the user's that was meant")
    func kick() async throws {
        try await AdminWorld.run { world in
            let time = UnixTime(microseconds: 0)
            world.actTarget.state.withLock {
                $0.connections = [
                    ConnectionInfo(
                        connectionID: "c-1", userID: "ana", role: nil, remoteAddress: "127.0.0.1:1", connectedAt: time,
                        lastHeardAt: time, rooms: [], queueBytes: .zero)
                ]
            }
            let other = try await world.client.post("/v1/kick", #"{"connection_id":"c-1","user_id":"luis"}"#)
            #expect(other.status == 409)
            let body = #"{"connection_id":"c-1","user_id":"ana"}"#
            #expect(try await world.client.post("/v1/kick", body).decoded(KickReport.self).closeCode == 3507)
            let back = try await world.client.post("/v1/kick", #"{"connection_id":"c-1","may_return":true}"#)
            #expect(try back.decoded(KickReport.self).closeCode == 3014)
            #expect(try await world.client.post("/v1/kick", #"{"connection_id":"c-2"}"#).status == 404)
            #expect(world.actTarget.state.withLock { $0.kicked } == ["c-1 3507", "c-1 3014", "c-2 3507"])
        }
    }

    @Test(
        "what is wrong is named before anything happens",
        arguments: [
            ("/v1/throttles", #"{"pattern":"a b","rate_per_second":5}"#, "stars"),
            ("/v1/throttles", #"{"pattern":"a","rate_per_second":0}"#, "rate_per_second"),
            ("/v1/throttles", #"{"pattern":"a","rate_per_second":1,"for_seconds":90000}"#, "86400"),
            ("/v1/throttles", #"{"pattern":"a","rate":1}"#, "it takes pattern"),
            ("/v1/broadcast", #"{"message_id":"m","all":true,"message":"m"}"#, "message_id"),
            (
                "/v1/broadcast", #"{"message_id":"gad-op-c-12345678","all":true,"role":"A","message":"m"}"#,
                "exactly one"
            ),
            ("/v1/broadcast", #"{"message_id":"gad-op-c-12345678","all":true,"message":""}"#, "4096"),
            ("/v1/breakers/override", #"{"name":"stream","mode":"open","for_seconds":7200}"#, "3600"),
            ("/v1/breakers/override", #"{"name":"other","mode":"open"}"#, "name"),
            ("/v1/kick", "", "a kick"),
        ])
    func wrong(_ path: String, _ body: String, _ words: String) async throws {
        try await AdminWorld.run { world in
            let answer = try await world.client.post(path, body)
            #expect(answer.status == 400)
            #expect(try answer.decoded(AdminError.self).message.contains(words))
            #expect(world.audit.lines.isEmpty)
        }
    }
}
