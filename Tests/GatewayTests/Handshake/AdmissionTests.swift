import FleetModel
import Logging
import NIOCore
import Testing

@testable import Gateway

@Suite("Who is let in")
struct AdmissionTests {
    @Test("a page of a foreign origin is answered 403 with its name; others and programs connect")
    func origins() async throws {
        try await TestWorker.run(configure: { $0.policy.limits.origins = ["https://console.example"] }) { worker in
            let foreign = try await TestClient.connect(
                port: worker.port, headers: [("Origin", "https://evil.example")])
            #expect(foreign.status == 403)
            #expect(foreign.response.contains(#""code":"origin_forbidden""#))
            #expect(foreign.response.contains("https://evil.example"))
            _ = try await TestClient.open(port: worker.port, headers: [("Origin", "https://console.example")])
            _ = try await TestClient.open(port: worker.port)
            #expect(await worker.plane.snapshot().refusedByOriginTotal == 1)
        }
    }

    @Test("clients beyond the connect rate get 503 with Retry-After before their token is looked at")
    func connectRate() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.limits.connectsPerSecond = 0
            configuration.policy.limits.connectBurst = 2
        }
        try await TestWorker.run(
            authentication: .secret(AuthenticatorTests.secret), configure: configure
        ) { worker in
            for _ in 0..<2 { #expect(try await TestClient.connect(port: worker.port).status == 401) }
            let refused = try await TestClient.connect(port: worker.port)
            #expect(refused.status == 503 && refused.response.contains("too_many_connects"))
            #expect((1...3).contains(refused.retryAfter ?? 0))
            await worker.plane.refuseNew()
            #expect(try await TestClient.connect(port: worker.plane.workerPort).status == 503)
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.refusedTotal == 2 && snapshot.refusedByRateTotal == 1)
            #expect(snapshot.authFailuresTotal == 2)
        }
    }

    @Test("during a storm clients that are sent away come back spread out, and it is over when calm")
    func storm() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.storms.minimumPerSecond = 2
            configuration.policy.storms.spread = .seconds(1_000_000)
            configuration.policy.storms.calmAfter = .seconds(2)
        }
        try await TestWorker.run(configure: configure) { worker in
            let start = UnixTime(seconds: 1_000)
            let logger = Logger(label: "test")
            for second in -20...0 {
                await worker.plane.observe(at: start.advanced(by: .seconds(second)), logger: logger)
            }
            var clients: [TestClient] = []
            for _ in 0..<10 { clients.append(try await TestClient.open(port: worker.port).client) }
            await worker.plane.observe(at: start.advanced(by: .seconds(1)), logger: logger)
            let snapshot = await worker.plane.snapshot()
            #expect((snapshot.storm?.connectsPerSecond ?? 0) > 2 && snapshot.stormsTotal == 1)
            #expect(await worker.plane.announceReconnect(spread: .seconds(1)) == 10)
            var delays: [Int] = []
            for client in clients { delays.append(try await client.envelope().number("within_ms") ?? 0) }
            #expect((delays.max() ?? 0) > 1_000)
            await worker.plane.refuseNew()
            let refused = try await TestClient.connect(port: worker.plane.workerPort)
            #expect((refused.retryAfter ?? 0) > 3)
            for second in [5, 6, 7, 8, 9, 10] as [Double] {
                await worker.plane.observe(at: start.advanced(by: .seconds(second)), logger: logger)
            }
            #expect(await worker.plane.snapshot().storm == nil)
        }
    }
}

extension TestClient {
    /// Seconds.
    fileprivate var retryAfter: Int? {
        response.split(separator: "\r\n").first { $0.hasPrefix("Retry-After: ") }.flatMap { Int($0.dropFirst(13)) }
    }
}
