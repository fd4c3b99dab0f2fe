import AdminAPI
import FleetModel
import Foundation
import Testing

@testable import Gateway

@Suite("The admin API on its socket")
struct AdminServerTests {
    @Test("answers who the worker is, and one sample")
    func reading() async throws {
        try await AdminWorld.run { world in
            let identity = try await world.client.get("/v1/identity").decoded(WorkerIdentity.self)
            #expect(identity.worker == WorkerID("gw-w1"))
            #expect(identity.state == .active)
            let sample = try await world.client.get("/v1/stats").decoded(WorkerSample.self)
            #expect(sample.connections == 40)
            #expect(sample.openFDs > 0)
        }
    }

    @Test("answers how breakers and degradation stand, and whether more workers are wanted")
    func health() async throws {
        try await AdminWorld.run { world in
            for _ in 0..<5 { world.health.breakers.failed(.publish, reason: "connection refused") }
            let breakers = try await world.client.get("/v1/breakers").decoded(BreakersReport.self)
            #expect(breakers.items.map(\.breaker.state) == [.open, .closed, .closed])
            #expect(breakers.items.first?.history.map(\.reason) == ["connection refused"])
            let degradation = try await world.client.get("/v1/degradation").decoded(DegradationStatus.self)
            #expect(degradation.current.level == .normal)
            let scale = try await world.client.get("/v1/scale").decoded(ScaleReport.self)
            #expect(scale.inputs.connections == BoundedFigure(40, bound: 5_000))
            let sample = try await world.client.get("/v1/stats").decoded(WorkerSample.self)
            #expect(sample.redisBreaker == .open)
            #expect(sample.breakers.map(\.name) == BreakerName.allCases)
        }
    }

    @Test("is for the user and the group only")
    func modes() async throws {
        try await AdminWorld.run { world in
            let attributes = try FileManager.default.attributesOfItem(atPath: world.socket.directory)
            #expect(attributes[.posixPermissions] as? Int == 0o750)
        }
    }

    @Test("hands the query of lists on, with the standard order and limit where none is given")
    func lists() async throws {
        try await AdminWorld.run { world in
            let page = try await world.client.get("/v1/rooms?prefix=gov:&limit=5&cursor=c").decoded(Page<RoomInfo>.self)
            #expect(page.total == 9)
            #expect(page.nextCursor == "next")
            _ = try await world.client.get("/v1/rooms?pattern=ops:%2A&order=name&after=ops:b")
            _ = try await world.client.get("/v1/connections?room=gov:a")
            _ = try await world.client.get("/v1/connections?user=u%201&order=queue&cursor=c")
            _ = try await world.client.get("/v1/connections?role=ADMIN&order=heard")
            _ = try await world.client.get("/v1/acks?message_id=m&limit=7")
            let asked = world.directory.asked.withLock { $0 }
            #expect(
                asked == [
                    "rooms prefix(\"gov:\") by connections c 5", "rooms pattern(ops:*) by name ops:b 100",
                    "connections room(gov:a) by id - 100", "connections user(\"u 1\") by queue c 100",
                    "connections role(\"ADMIN\") by heard - 100", "acks m - 7",
                ])
        }
    }

    @Test("answers what is in Redis and which keys are big; a search that cannot be had says why")
    func redis() async throws {
        try await AdminWorld.run { world in
            let details = try await world.client.get("/v1/redis/details").decoded(RedisDetails.self)
            #expect(details.gaps == [RedisGap(.info, "away")])
            let report = try await world.client.get("/v1/redis/keys").decoded(RedisKeyReport.self)
            #expect((report.scanned, report.keys, report.ranOutOfTime) == (1, 2, true))
            _ = try await world.client.get("/v1/redis/keys?kind=hot&limit=7")
            #expect(world.overseer.searches.withLock { $0 } == ["big 20", "hot 7"])
            let conflict = try await world.client.get("/v1/redis/keys")
            #expect(conflict.status == 409)
            #expect(try conflict.error().code == .conflict)
        }
    }

    @Test(
        "answers everything else with an error that says what is allowed",
        arguments: [
            ("GET", "/v1/rooms?limit=0", "", 400, AdminError.Code.badRequest, "1 to 1000"),
            ("GET", "/v1/rooms?size=3", "", 400, .badRequest, "prefix, pattern, order, after, limit"),
            ("GET", "/v1/rooms?cursor=bad", "", 400, .badRequest, "cursor"),
            ("GET", "/v1/connections?room=a%20b", "", 400, .badRequest, "A-Za-z0-9:_.-"),
            ("GET", "/v1/connections?room=a&user=b", "", 400, .badRequest, "not by both"),
            ("GET", "/v1/rooms?pattern=a%20b", "", 400, .badRequest, "stars"),
            ("GET", "/v1/rooms?pattern=a&prefix=b", "", 400, .badRequest, "not by both"),
            ("GET", "/v1/rooms?order=size", "", 400, .badRequest, "connections, name"),
            ("GET", "/v1/rooms?after=a", "", 400, .badRequest, "order=name"),
            ("GET", "/v1/rooms?order=name&after=a%20b", "", 400, .badRequest, "A-Za-z0-9:_.-"),
            ("GET", "/v1/rooms?order=name&after=a&cursor=b", "", 400, .badRequest, "not from both"),
            ("GET", "/v1/connections?order=age", "", 400, .badRequest, "id, connected, queue, heard"),
            ("GET", "/v1/redis/keys?kind=old", "", 400, .badRequest, "big, hot"),
            ("GET", "/v1/redis/keys?limit=101", "", 400, .badRequest, "1 to 100"),
            ("GET", "/v1/stream?interval_ms=99", "", 400, .badRequest, "100 to 60000"),
            ("GET", "/v1/nothing", "", 404, .notFound, "/v1/identity"),
            ("DELETE", "/v1/drain", "", 405, .methodNotAllowed, "GET, POST"),
            ("POST", "/v1/drain", "{", 400, .badRequest, "not a drain in JSON"),
            ("POST", "/v1/drain", "{\"rate\":3}", 400, .badRequest, "rate_per_second"),
            ("POST", "/v1/drain", "{\"rate_per_second\":-3}", 400, .badRequest, "--rate"),
            ("POST", "/v1/drain", "{\"deadline_seconds\":1e300}", 400, .badRequest, "--deadline"),
            ("POST", "/v1/drain", "{\"reason\":\"a\\u001b[2J\"}", 400, .badRequest, "printable"),
            ("POST", "/v1/drain", String(repeating: " ", count: 5_000), 413, .payloadTooLarge, "4096"),
            ("POST", "/v1/undrain", "{\"why\":1}", 400, .badRequest, "an undrain; it takes reason"),
            ("POST", "/v1/undrain", "", 409, .notDraining, "nothing to undo"),
        ])
    func errors(
        _ method: String, _ target: String, _ body: String, _ status: Int, _ code: AdminError.Code, _ words: String
    ) async throws {
        try await AdminWorld.run { world in
            let answer = try await world.leader().send(method, target, body)
            let error = try answer.decoded(AdminError.self)
            #expect(answer.status == status)
            #expect(error.code == code)
            #expect(error.message.contains(words))
        }
    }

    @Test("names the methods of a route in Allow")
    func allow() async throws {
        try await AdminWorld.run { world in
            let answer = try await world.client.get("/v1/undrain")
            #expect(answer.head.lowercased().contains("allow: post"))
        }
    }

    @Test("drains in the name of the user who holds the other end of the socket, and undrains")
    func drain() async throws {
        try await AdminWorld.run { world in
            let body = "{\"deadline_seconds\":600,\"reason\":\"kernel\"}"
            let report = try await world.leader().post("/v1/drain", body).decoded(DrainReport.self)
            #expect(report.state == .draining)
            #expect(report.drain?.requestedBy == NSUserName())
            #expect(report.drain?.reason == "kernel")
            let again = try await world.leader().post("/v1/drain")
            #expect(again.status == 409)
            #expect(try again.decoded(AdminError.self).code == .alreadyDraining)
            let undrained = try await world.client.post("/v1/undrain").decoded(DrainReport.self)
            #expect(undrained == DrainReport(worker: WorkerID("gw-w1"), state: .active, drain: nil))
        }
    }

    @Test("serves its OpenAPI document")
    func openAPI() async throws {
        try await AdminWorld.run { world in
            let answer = try await world.client.get("/v1/openapi.json")
            #expect(answer.body == OpenAPI.document)
        }
    }
}
