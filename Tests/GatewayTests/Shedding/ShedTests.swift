import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("Giving connections away")
struct ShedTests {
    @Test("tells clients to come back elsewhere, and closes with 3011 those that stay, as planned closes")
    func tellAndClose() async throws {
        try await TestWorker.run(loops: 2) { worker in
            let clients = try await connect(8, to: worker)
            let tally = await worker.plane.shed(upTo: 3, in: nil)
            #expect(tally == ShedTally(told: 3, leaving: 3, matching: 5))
            try await eventually("the three are closed") {
                _ = await worker.plane.shed(upTo: 0, in: nil)
                return await worker.plane.connectionCount() == 5
            }
            let snapshot = await worker.plane.snapshot()
            #expect(snapshot.plannedCloses.rebalance == 3)
            #expect(snapshot.closes.map(\.code) == [3011])
            #expect(clients.count == 8)
        }
    }

    @Test("chooses among the members of the rooms, each once, and counts those who leave by themselves as planned")
    func rooms() async throws {
        try await TestWorker.run { worker in
            let clients = try await connect(6, to: worker)
            for client in clients.prefix(2) { _ = try await client.subscribe("gov:a", "gov:b") }
            let pattern = RoomPattern("gov:*")
            let tally = await worker.plane.shed(upTo: 10, in: pattern)
            #expect(tally == ShedTally(told: 2, leaving: 2, matching: 0))
            let hint = try await clients[0].envelope()
            #expect(hint.eventType == "reconnect")
            #expect(hint.string("avoid_worker") == "test-w0")
            await clients[0].close()
            try await eventually("one has left") {
                await worker.plane.shed(upTo: 0, in: pattern).leaving == 1
            }
            #expect(await worker.plane.snapshot().plannedCloses.rebalance == 1)
            #expect(await worker.plane.connectionCount() == 5)
        }
    }

    @Test("keeps the worker closed until both shedding and drain are over")
    func doors() async throws {
        try await TestWorker.run { worker in
            let port = worker.port
            await worker.plane.refuseNewWhileShedding()
            await worker.plane.refuseNew(for: .operator)
            try await worker.plane.acceptNewAfterShedding()
            await #expect(throws: (any Error).self) { _ = try await TestClient.connect(port: port) }
            try await worker.plane.acceptNew()
            _ = try await connect(1, to: worker)
            await worker.plane.refuseNewWhileShedding()
            await #expect(throws: (any Error).self) { _ = try await TestClient.connect(port: port) }
            let own = try await TestClient.connect(port: worker.plane.workerPort)
            #expect(own.response.hasPrefix("HTTP/1.1 503"))
            try await worker.plane.acceptNewAfterShedding()
            _ = try await connect(1, to: worker)
        }
    }

    private func connect(_ count: Int, to worker: TestWorker) async throws -> [TestClient] {
        var clients: [TestClient] = []
        for _ in 0..<count {
            clients.append(try await TestClient.open(port: worker.port).client)
        }
        return clients
    }
}
