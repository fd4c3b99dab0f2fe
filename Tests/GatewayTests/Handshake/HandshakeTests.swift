import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("Handshakes on the serving port")
struct HandshakeTests {
    private static let secret = AuthenticatorTests.secret

    @Test("without a good token the answer is 401 with a JSON body, before any upgrade")
    func unauthorized() async throws {
        try await TestWorker.run(authentication: .secret(Self.secret)) { worker in
            for target in ["/ws/connect", "/ws/connect?token=a.b.c"] {
                let client = try await TestClient.connect(port: worker.port, target: target)
                #expect(client.status == 401)
                #expect(client.response.contains("WWW-Authenticate: Bearer"))
                #expect(client.response.contains(#"{"error":{"code":"unauthorized","message":"#))
                #expect(!client.response.contains("a.b.c"))
            }
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.authFailuresTotal == 2 && snapshot.authLatency.count == 2)
            #expect(snapshot.connectionsTotal == 0)
        }
    }

    @Test("the chosen subprotocol is named in the answer")
    func subprotocol() async throws {
        try await TestWorker.run { worker in
            let header = [("Sec-WebSocket-Protocol", "gad.v1.json")]
            let client = try await TestClient.connect(port: worker.port, headers: header)
            #expect(client.status == 101)
            #expect(client.response.contains("Sec-WebSocket-Protocol: gad.v1.json"))
            #expect(client.response.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        }
    }

    @Test("frames sent along with the request are served")
    func eager() async throws {
        try await TestWorker.run { worker in
            let frame = FrameEncoder.frame(
                .text, ByteBuffer(string: TestClient.command("subscribe", ["r"])), mask: MaskingKey(5, 6, 7, 8))
            let client = try await TestClient.connect(port: worker.port, trailing: frame)
            #expect(try await client.envelope().eventType == "connection_ack")
            #expect(try await client.envelope().eventType == "subscribed")
        }
    }

    @Test("other paths are the routes', and unknown ones 404")
    func plain() async throws {
        try await TestWorker.run { worker in
            let found = try await TestClient.connect(port: worker.plane.workerPort, target: "/health/live")
            #expect(found.status == 200 && found.response.hasSuffix("alive\n"))
            let missing = try await TestClient.connect(port: worker.port, target: "/nothing")
            #expect(missing.status == 404 && missing.response.contains(#""code":"not_found""#))
        }
    }

    @Test("a request that does not end in time is cut")
    func slowRequest() async throws {
        try await TestWorker.run(configure: { $0.policy.limits.handshakeTimeout = .milliseconds(200) }) { worker in
            let client = try await TestClient.dribble(port: worker.port, "GET /ws/connect HTTP/1.1\r\nHost: x\r\n")
            try await client.waitUntilEnded()
        }
    }

    @Test("headers without end are refused, and what is no HTTP is too")
    func oversized() async throws {
        try await TestWorker.run { worker in
            let long = [("X-Long", String(repeating: "x", count: 9_000))]
            #expect(try await TestClient.connect(port: worker.port, headers: long).status == 431)
            let target = "/ws/connect?token=" + String(repeating: "x", count: 9_000)
            #expect(try await TestClient.connect(port: worker.port, target: target).status == 431)
            let noise = try await TestClient.dribble(port: worker.port, "\u{16}\u{3}\u{1}nonsense\r\n\r\n")
            try await noise.waitUntilEnded()
        }
    }

    @Test("a worker that refuses closes its shared port, answers 503 on its own, and takes that back")
    func refusing() async throws {
        try await TestWorker.run { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            await worker.plane.refuseNew()
            await #expect(throws: (any Error).self) { try await TestClient.connect(port: worker.port) }
            let refused = try await TestClient.connect(port: worker.plane.workerPort)
            #expect(refused.status == 503 && refused.response.contains("Retry-After"))
            #expect(try await TestClient.connect(port: worker.plane.workerPort, target: "/health/live").status == 200)
            await client.close()
            try await eventually("the close is counted as planned") {
                await worker.plane.snapshot().plannedClosesTotal == 1
            }
            try await worker.plane.acceptNew()
            _ = try await TestClient.open(port: worker.port)
            #expect(await worker.plane.snapshot().refusedTotal == 1)
        }
    }

    @Test("clients are told to come back elsewhere, and closed a few at a time")
    func draining() async throws {
        try await TestWorker.run(loops: 2) { worker in
            var clients: [TestClient] = []
            for _ in 0..<9 { clients.append(try await TestClient.open(port: worker.port).client) }
            #expect(await worker.plane.announceReconnect(spread: .seconds(3)) == 9)
            for client in clients {
                let news = try await client.envelope()
                #expect(news.eventType == "reconnect" && news.string("avoid_worker") == "test-w0")
                #expect((0...3_000).contains(news.number("within_ms") ?? -1))
            }
            #expect(await worker.plane.close(atMost: 4, code: .shutdown, reason: "drained") == 4)
            #expect(await worker.plane.close(atMost: 100, code: .shutdown, reason: "drained") == 5)
            for client in clients {
                #expect(try await client.closeCode() == .shutdown)
                await client.close()
            }
            try await eventually("all are gone") { await worker.plane.connectionCount() == 0 }
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.plannedCloses.drain == 9)
            #expect(snapshot.plannedClosesTotal == 9 && snapshot.closes == [CloseCount(code: 3001, count: 9)])
        }
    }

    @Test("a client that comes back is counted as such")
    func reconnects() async throws {
        try await TestWorker.run { worker in
            _ = try await TestClient.open(port: worker.port, target: "/ws/connect?previous=\(RandomID())")
            let (resuming, _) = try await TestClient.open(port: worker.port)
            let resume = #"{"event_type":"resume","data":{"room":"r","offset":"1-1","epoch":"e"}}"#
            for _ in 0..<2 { try await resuming.send(resume) }
            let (other, _) = try await TestClient.open(port: worker.port)
            try await other.subscribe("r")
            try await other.send(resume)
            for client in [resuming, other] {
                try await client.send(#"{"event_type":"ping"}"#)
                while try await client.envelope().eventType != "pong" {}
            }
            #expect(await worker.plane.snapshot().reconnectsTotal == 2)
        }
    }

    @Test("a port that is taken is named in the error")
    func taken() async throws {
        try await TestWorker.run { worker in
            let failure = await #expect(throws: ListenFailure.self) {
                try await TestWorker.run(configure: { $0.workerPort = worker.plane.workerPort }) { _ in }
            }
            #expect(failure?.description.contains("127.0.0.1:\(worker.plane.workerPort)") == true)
        }
    }
}
