import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("Orders to give connections away")
struct ShedRoutesTests {
    static let headers = ["Gad-Operation: op1", "Gad-Fence: 3"]

    @Test("are for the operation that leads the fleet only")
    func fenced() async throws {
        try await AdminWorld.run { world in
            let body = "{\"count\":5,\"rate_per_second\":100}"
            let alone = try await world.client.send("POST", "/v1/shed", body)
            #expect(try alone.decoded(AdminError.self).code == .operationRequired)
            await world.operations.hold("op2", fence: 4)
            let late = try await world.client.send("POST", "/v1/shed", body, headers: Self.headers)
            #expect(try late.decoded(AdminError.self).code == .fenced)
            #expect(world.shedTarget.clients == 1_000)
            #expect(!world.shedTarget.isRefusing)
        }
    }

    @Test("are carried out, and written in the audit once however often they are renewed")
    func renewal() async throws {
        try await AdminWorld.run { world in
            await world.operations.hold("op1", fence: 3)
            for _ in 0..<3 {
                let answer = try await world.client.send(
                    "POST", "/v1/shed", "{\"count\":5,\"rate_per_second\":1000}", headers: Self.headers)
                #expect(answer.status == 200)
            }
            try await eventually("five were told") { world.shedTarget.clients == 995 }
            let report = try await world.client.get("/v1/shed").decoded(ShedReport.self)
            #expect(report.state == .active)
            #expect(report.shed?.phase == .shedding)
            #expect(report.shed?.told == 5)
            #expect(world.shedTarget.isRefusing)
            #expect(world.audit.lines.count { $0.hasPrefix("before shed gw-w1") } == 1)
            let sample = try await world.client.get("/v1/stats").decoded(WorkerSample.self)
            #expect(sample.shed?.told == 5)

            let stopped = try await world.client.post("/v1/shed/stop").decoded(ShedReport.self)
            #expect(stopped.shed?.phase == .ended)
            #expect(!world.shedTarget.isRefusing)
            #expect(world.audit.lines.contains { $0.hasPrefix("outcome stop shedding done") })
        }
    }

    @Test("end with their lease when nobody renews them")
    func lease() async throws {
        try await AdminWorld.run { world in
            await world.operations.hold("op1", fence: 3)
            _ = try await world.client.send(
                "POST", "/v1/shed", "{\"count\":0,\"rate_per_second\":1,\"lease_seconds\":0.3}", headers: Self.headers)
            try await eventually("it refuses") { world.shedTarget.isRefusing }
            try await eventually("it accepts again") { !world.shedTarget.isRefusing }
        }
    }

    @Test("are refused while the worker is drained, and end when a drain begins")
    func drained() async throws {
        try await AdminWorld.run { world in
            await world.operations.hold("op1", fence: 3)
            let order = "{\"count\":0,\"rate_per_second\":1}"
            _ = try await world.client.send("POST", "/v1/shed", order, headers: Self.headers)
            try await eventually("it refuses") { world.shedTarget.isRefusing }
            _ = try await world.client.send(
                "POST", "/v1/drain", "{\"deadline_seconds\":600}", headers: Self.headers)
            try await eventually("the shedding is over") { !world.shedTarget.isRefusing }
            let answer = try await world.client.send("POST", "/v1/shed", order, headers: Self.headers)
            #expect(try answer.decoded(AdminError.self).code == .conflict)
        }
    }
}
