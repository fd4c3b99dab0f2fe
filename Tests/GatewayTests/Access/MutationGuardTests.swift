import AdminAPI
import FleetModel
import Foundation
import Testing

@testable import Gateway

@Suite("What changes something over the admin API")
struct MutationGuardTests {
    private func refusal(_ answer: AdminClient.Answer) throws -> AdminError { try answer.decoded(AdminError.self) }

    @Test("is written down before and after")
    func recorded() async throws {
        try await AdminWorld.run { world in
            _ = try await world.leader().post("/v1/drain", "{\"deadline_seconds\":600}")
            let name = NSUserName()
            #expect(
                world.audit.lines == ["before drain gw-w1 by \(name) for held", "outcome drain done draining"])
            _ = try await world.leader().post("/v1/drain")
            #expect(world.audit.lines.last?.hasPrefix("outcome drain failed") == true)
        }
    }

    @Test("is refused to a viewer with the role that is needed, and that is written down")
    func denied() async throws {
        try await AdminWorld.run { world in
            world.policy.withLock { $0.access = [AdminRule(.user("*"), role: .viewer)] }
            for route in AdminRoute.allCases where route.methods.contains("POST") {
                let answer = try await world.client.post(route.rawValue)
                #expect(answer.status == 403)
                #expect(try refusal(answer).message.contains("needs the role "))
            }
            #expect(world.audit.lines.allSatisfy { $0.hasPrefix("denied POST /v1/") })
            #expect(try await world.client.get("/v1/stats").status == 200)
        }
    }

    @Test("is refused like everything but the question who one is to somebody without a role")
    func unknown() async throws {
        try await AdminWorld.run { world in
            world.policy.withLock { $0.access = [AdminRule(.user("nobody-here"), role: .admin)] }
            for route in AdminRoute.allCases where route != .access && route.methods.contains("GET") {
                let answer = try await world.client.get(route.rawValue)
                #expect(answer.status == 403)
                #expect(try refusal(answer).code == .denied)
            }
            let report = try await world.client.get("/v1/access").decoded(AccessReport.self)
            #expect(report.identity == NSUserName())
            #expect(report.granted == nil && report.effective == nil)
        }
    }

    @Test("is refused to a session that lowered its role, and a session cannot raise it")
    func lowered() async throws {
        try await AdminWorld.run { world in
            let answer = try await world.client.send("POST", "/v1/drain", "", headers: ["Gad-Role: viewer"])
            #expect(answer.status == 403)
            #expect(try refusal(answer).message.contains("lowered itself to viewer"))
            world.policy.withLock { $0.access = [AdminRule(.user("*"), role: .viewer)] }
            let raised = try await world.client.send("POST", "/v1/drain", "", headers: ["Gad-Role: admin"])
            #expect(raised.status == 403)
            let wrong = try await world.client.send("GET", "/v1/access", "", headers: ["Gad-Role: king"])
            #expect(wrong.status == 400)
        }
    }

    @Test("does not happen when it cannot be written down")
    func unwritten() async throws {
        try await AdminWorld.run { world in
            world.audit.goAway()
            let answer = try await world.leader().post("/v1/drain")
            #expect(answer.status == 503)
            #expect(try refusal(answer).code == .auditUnavailable)
            #expect(try await world.client.get("/v1/drain").decoded(DrainReport.self).state == .active)
        }
    }

    @Test("is blocked by the safety lever unless it restores")
    func lever() async throws {
        try await AdminWorld.run { world in
            _ = try await world.leader().post("/v1/drain", "{\"deadline_seconds\":600}")
            await world.operations.set(SafetyState(engaged: true, reason: "storm", by: "maria"))
            let answer = try await world.leader().post("/v1/drain")
            #expect(try refusal(answer).code == .safetyEngaged)
            #expect(try refusal(answer).message.contains("maria engaged the safety lever (storm)"))
            #expect(try await world.client.post("/v1/undrain").status == 200)
        }
    }
}
