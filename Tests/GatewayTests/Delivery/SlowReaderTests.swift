import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("Clients that take less than they are sent")
struct SlowReaderTests {
    /// More than the kernel buffers for a socket on the loopback.
    private static let flood = 400
    private static let pad = String(repeating: "x", count: 16_384)

    @Test("with drop_oldest the client misses the oldest of what waited, in order and counted, and delays nobody")
    func dropOldest() async throws {
        try await run(.dropOldest) { broker, worker, slow in
            let (quick, _) = try await TestClient.open(port: worker.port)
            try await quick.subscribe("news")
            for number in 0..<Self.flood {
                Self.publish(number, broker)
                if number % 10 == 9 { #expect(try await quick.envelopes(until: "\(number)").count == 10) }
            }
            let waiting = await worker.plane.snapshot()
            #expect(waiting.queueMessages.bestEffort == 16)
            #expect(waiting.queueBytes > .kibibytes(256) && waiting.queueBytes < .kibibytes(256 + 192))
            let received = try await resume(slow, until: Self.flood - 1)
            #expect(received == received.sorted() && Set(received).count == received.count)
            let after = await worker.plane.snapshot()
            #expect(received.count + Int(after.dropped.total) == Self.flood)
            #expect(after.drops.map(\.reason) == [.queueFull])
            #expect(after.queueMessages.total == 0)
            #expect(worker.plane.load.bytes == 0)
        }
    }

    @Test("with coalesce the client gets the latest state of each key")
    func coalesce() async throws {
        try await run(.coalesce) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker, key: "unit-\(number % 4)") }
            try await allHadItsTurn(worker)
            #expect(await worker.plane.snapshot().queueMessages.bestEffort == 4)
            let received = try await resume(slow, until: Self.flood - 1)
            #expect(received.suffix(4) == [396, 397, 398, 399])
            let drops = await worker.plane.snapshot().drops
            #expect(
                drops == [
                    DropCount(
                        criticality: .bestEffort, reason: .coalesced, count: UInt64(Self.flood - received.count))
                ])
        }
    }

    @Test("with close the client gets everything up to a point, and then 3008")
    func close() async throws {
        try await run(.close, configure: { $0.closeTimeout = .seconds(4) }) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await eventually("it is told to leave") { await worker.plane.snapshot().dropped.total > 0 }
            try await slow.channel.setOption(.autoRead, value: true).get()
            var received: [Int] = []
            var code: CloseCode?
            while code == nil {
                switch try await slow.event() {
                case .text(let text):
                    received.append(Int(try TestClient.Envelope(String(buffer: text)).messageID ?? "") ?? -1)
                case .close(let reported, _): code = reported
                case .binary, .ping, .pong, .failure: Issue.record("neither a message nor a close")
                }
            }
            #expect(code == .slow)
            #expect(received == Array(0..<received.count))
            try await eventually("it is gone") { await worker.plane.snapshot().closes.map(\.code) == [3008] }
            #expect(worker.plane.load.bytes == 0)
        }
    }

    @Test("what waits for a client that takes nothing is dropped and counted when it is closed for another reason")
    func closedWhileStalled() async throws {
        try await run(.dropOldest) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await allHadItsTurn(worker)
            let before = await worker.plane.snapshot()
            #expect(before.queueMessages.total > 0)
            #expect(await worker.plane.close(atMost: 1, code: .shutdown, reason: "drained") == 1)
            let after = await worker.plane.snapshot()
            #expect(after.dropped.total == before.dropped.total + before.queueMessages.total)
            #expect(after.messagesOut == before.messagesOut && worker.plane.load.bytes == 0)
            try await eventually("it is cut") { await worker.plane.snapshot().connections == 0 }
            #expect(await worker.plane.snapshot().sendErrors.unsent == 1)
        }
    }

    @Test("what is critical, and control frames, pass the best effort that waits")
    func lanes() async throws {
        try await run(.dropOldest) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await allHadItsTurn(worker)
            broker.publish(ExactlyOnceTests.envelope("urgent"), to: "gad:room:gov:alerts")
            try await slow.send(FrameEncoder.frame(.ping, ByteBuffer(), mask: MaskingKey(1, 2, 3, 4)))
            try await eventually("it waits") { await worker.plane.snapshot().queueMessages.critical == 1 }
            let waiting = Int(await worker.plane.snapshot().queueMessages.bestEffort)
            #expect(waiting > 10)
            try await slow.channel.setOption(.autoRead, value: true).get()
            var order: [String] = []
            while order.last != "\(Self.flood - 1)" {
                switch try await slow.event() {
                case .text(let text): order.append(try TestClient.Envelope(String(buffer: text)).messageID ?? "")
                case .pong: order.append("pong")
                case .binary, .ping, .close, .failure: Issue.record("neither a message nor a pong")
                }
            }
            // The socket may have taken one more between the ping and the look at what waits.
            let pong = try #require(order.firstIndex(of: "pong"))
            let urgent = try #require(order.firstIndex(of: "urgent"))
            #expect(order.count - urgent > waiting && order.count - pong > waiting)
        }
    }

    @Test(
        "with the worker's bound reached, best effort is dropped, and a client that misses what is critical is closed")
    func workerFull() async throws {
        let bound = ByteCount.kibibytes(64)
        try await run(
            .dropOldest,
            configure: {
                $0.policy.queues.workerBytes = bound
                $0.closeTimeout = .seconds(4)
            }
        ) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await allHadItsTurn(worker)
            #expect(await worker.plane.snapshot().drops.map(\.reason) == [.workerFull])
            #expect(worker.plane.load.bytes <= bound.bytes)
            #expect(worker.plane.pulse().queueBytes > .kibibytes(32))
            for number in 0..<2 {
                broker.publish(
                    ExactlyOnceTests.envelope("c\(number)", #""data":"\#(Self.pad)""#), to: "gad:room:gov:alerts")
            }
            try await eventually("it is told to leave") { await worker.plane.snapshot().dropped.critical > 0 }
            try await slow.channel.setOption(.autoRead, value: true).get()
            #expect(try await slow.closeCode() == .slow)
        }
    }

    @Test("a client that takes nothing for a heartbeat's interval is closed with 3008")
    func takesNothing() async throws {
        try await run(
            .dropOldest,
            configure: { configuration in
                for criticality in Criticality.allCases {
                    configuration.policy.classes[criticality].heartbeatInterval = .seconds(1)
                    configuration.policy.classes[criticality].heartbeatTimeout = .seconds(1)
                }
            }
        ) { broker, worker, slow in
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await eventually("it is given up") { await worker.plane.snapshot().closes.map(\.code) == [3008] }
        }
    }

    @Test("in the order of queues the client that takes nothing stands first, with what waits and since when")
    func listed() async throws {
        try await run(.dropOldest) { broker, worker, slow in
            let (quick, _) = try await TestClient.open(port: worker.port)
            for number in 0..<Self.flood { Self.publish(number, broker) }
            try await allHadItsTurn(worker)
            let page = try await worker.plane.connections(.all, order: .queue, limit: 1)
            let first = try #require(page.items.first)
            #expect(page.total == 2 && first.queueMessages == 16 && first.queueBytes > .kibibytes(256))
            #expect(first.heartbeat.stalledSince != nil)
            let second = try await worker.plane.connections(.all, order: .queue, after: page.nextCursor, limit: 1)
            #expect(second.items.map(\.queueBytes) == [.zero] && second.nextCursor == nil)
            await quick.close()
        }
    }

    /// Runs a worker with one client that reads nothing, in the rooms `news` and `gov:alerts`.
    private func run(
        _ drop: ClassPolicy.DropPolicy, configure: (inout DataPlaneConfiguration) -> Void = { _ in },
        _ body: (MemoryBroker, TestWorker, TestClient) async throws -> Void
    ) async throws {
        let broker = MemoryBroker()
        try await TestWorker.run(
            broker,
            configure: { configuration in
                configuration.policy.classes.bestEffort.drop = drop
                configuration.policy.classes.bestEffort.queueBytes = .kibibytes(272)
                configure(&configuration)
            }
        ) { worker in
            let slow = try await TestClient.connect(port: worker.port, receiveBuffer: 4_096)
            #expect(try await slow.envelope().eventType == "connection_ack")
            try await slow.subscribe("news", "gov:alerts")
            try await slow.channel.setOption(.autoRead, value: false).get()
            try await body(broker, worker, slow)
        }
    }

    private func allHadItsTurn(_ worker: TestWorker) async throws {
        let shard = worker.plane.shards[0]
        try await eventually("all had its turn") {
            guard await worker.plane.snapshot().broadcasts.total >= Self.flood else { return false }
            return try await shard.loop.submit { shard.intake.isEmpty && shard.tick.isEmpty }.get()
        }
    }

    private static func publish(_ number: Int, _ broker: MemoryBroker, key: String? = nil) {
        let key = key.map { #""coalesce_key":"\#($0)","# } ?? ""
        broker.publish(
            ExactlyOnceTests.envelope("\(number)", #""data":{\#(key)"p":"\#(pad)"}"#), to: "gad:room:news")
    }

    /// Has the client read on, and tells which messages it got, up to the last.
    private func resume(_ slow: TestClient, until last: Int) async throws -> [Int] {
        try await slow.channel.setOption(.autoRead, value: true).get()
        return try await slow.envelopes(until: "\(last)").compactMap { $0.messageID.flatMap { Int($0) } }
    }
}
