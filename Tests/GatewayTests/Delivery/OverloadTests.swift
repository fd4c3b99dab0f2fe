import FleetModel
import Testing

@testable import Gateway

@Suite("More messages than a worker delivers")
struct OverloadTests {
    @Test("a critical message is delivered ahead of best effort that arrived before it")
    func criticalFirst() async throws {
        try await run { broker, worker, client in
            try await burst(worker) {
                for number in 0..<100 { Self.publish("b\(number)", "news", broker) }
                for number in 0..<2 { Self.publish("c\(number)", "gov:alerts", broker) }
                for number in 0..<2 { Self.publish("i\(number)", "ops:north", broker) }
            }
            let order = try await client.envelopes(until: "b99").map { $0.messageID ?? "" }
            #expect(order == ["c0", "c1", "i0", "i1"] + (0..<100).map { "b\($0)" })
        }
    }

    @Test("beyond the bound of what waits for its turn the oldest best effort is dropped, and nothing else")
    func intakeFull() async throws {
        var policy = GatewayPolicy()
        policy.queues.intakeBytes = .kibibytes(16)
        try await run(policy) { broker, worker, client in
            try await burst(worker) {
                for number in 0..<200 { Self.publish("b\(number)", "news", broker) }
                for number in 0..<5 { Self.publish("i\(number)", "ops:north", broker) }
            }
            let order = try await client.envelopes(until: "b199").map { $0.messageID ?? "" }
            #expect(order.prefix(5) == ["i0", "i1", "i2", "i3", "i4"])
            let first = 200 - (order.count - 5)
            #expect(order.dropFirst(5) == ArraySlice((first..<200).map { "b\($0)" }))
            #expect(
                await worker.plane.snapshot().drops == [
                    DropCount(criticality: .bestEffort, reason: .intakeFull, count: UInt64(first))
                ])
        }
    }

    @Test("a message that waits is not for a client that came into the room after it")
    func joinsLater() async throws {
        try await run { broker, worker, client in
            let (late, _) = try await TestClient.open(port: worker.port)
            try await burst(worker) { [shard = worker.plane.shards[0]] in
                Self.publish("before", "news", broker)
                shard.loop.execute {
                    guard let room = RoomName("news"), let joining = shard.connections.compactMap({ $0 }).last else {
                        return
                    }
                    shard.join([room], joining) { _ in }
                }
            }
            _ = try await client.envelopes(until: "before")
            Self.publish("after", "news", broker)
            #expect(try await late.envelopes(until: "after").count == 1)
        }
    }

    @Test("degraded, best effort is sampled room by room, then shed, then important; critical never is")
    func degraded() async throws {
        try await run { broker, worker, client in
            await worker.plane.degrade(to: .samplingBestEffort)
            for number in 0..<8 {
                Self.publish("n\(number)", "news", broker)
                Self.publish("s\(number)", "sport", broker)
            }
            let sampled = try await ids(client, broker, worker)
            #expect(sampled == ["n0", "s0", "n4", "s4"])
            await worker.plane.degrade(to: .sheddingBestEffort)
            for room in ["news", "ops:north"] { Self.publish(room, room, broker) }
            #expect(try await ids(client, broker, worker) == ["ops:north"])
            await worker.plane.degrade(to: .sheddingImportant)
            for room in ["news", "ops:north"] { Self.publish(room, room, broker) }
            #expect(try await ids(client, broker, worker).isEmpty)
            await worker.plane.degrade(to: .normal)
            Self.publish("again", "news", broker)
            #expect(try await ids(client, broker, worker) == ["again"])
            #expect(
                await worker.plane.snapshot().drops == [
                    DropCount(criticality: .important, reason: .degraded, count: 1),
                    DropCount(criticality: .bestEffort, reason: .degraded, count: 14),
                ])
        }
    }

    @Test("a room with more messages a second than its class allows loses the rest, and no other room does")
    func rate() async throws {
        var policy = GatewayPolicy()
        policy.classes.bestEffort.rate = 3
        try await run(policy) { broker, worker, client in
            try await TestClient.open(port: worker.port).client.subscribe("news")
            try await burst(worker) {
                for number in 0..<10 { Self.publish("n\(number)", "news", broker) }
                Self.publish("s0", "sport", broker)
            }
            #expect(try await ids(client, broker, worker) == ["n0", "n1", "n2", "s0"])
            #expect(
                await worker.plane.snapshot().drops == [
                    DropCount(criticality: .bestEffort, reason: .rate, count: 14)
                ])
        }
    }

    @Test("a message that was dropped does not stand for its critical copy")
    func droppedCopy() async throws {
        var policy = GatewayPolicy()
        policy.classes.bestEffort.rate = 1
        try await run(policy) { broker, worker, client in
            try await burst(worker) {
                for room in ["news", "sport"] { Self.publish("spent-\(room)", room, broker) }
                for room in ["news", "gov:alerts"] { Self.publish("over-rate", room, broker) }
            }
            #expect(try await ids(client, broker, worker).contains("over-rate"))
            await worker.plane.degrade(to: .sheddingBestEffort)
            for room in ["sport", "gov:alerts"] { Self.publish("shed", room, broker) }
            #expect(try await ids(client, broker, worker) == ["shed"])
        }
    }

    private func run(
        _ policy: GatewayPolicy = GatewayPolicy(),
        _ body: (MemoryBroker, TestWorker, TestClient) async throws -> Void
    ) async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(broker, configure: { $0.policy = policy }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("news", "sport", "ops:north", "gov:alerts")
            try await body(broker, worker, client)
        }
    }

    /// Has all that is published arrive before anything of it has its turn.
    private func burst(_ worker: TestWorker, _ publish: @escaping @Sendable () -> Void) async throws {
        try await worker.plane.exchange.loop.submit(publish).get()
    }

    /// What came until now: all had its turn before the mark is published, which as a critical message needs none.
    private func ids(_ client: TestClient, _ broker: MemoryBroker, _ worker: TestWorker) async throws -> [String] {
        let shard = worker.plane.shards[0]
        try await eventually("all had its turn") {
            try await shard.loop.submit { shard.intake.isEmpty && shard.tick.isEmpty }.get()
        }
        let mark = RandomID().description
        Self.publish(mark, "gov:alerts", broker)
        return try await client.envelopes(until: mark).dropLast().map { $0.messageID ?? "" }
    }

    private static func publish(_ id: String, _ room: String, _ broker: MemoryBroker) {
        broker.publish(ExactlyOnceTests.envelope(id), to: "gad:room:\(room)")
    }
}
