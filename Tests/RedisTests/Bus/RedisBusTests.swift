import NIOCore
import Redis
import TestSupport
import Testing

@Suite("Redis bus, on a real Redis")
struct RedisBusTests {
    @Test("what one bus publishes another one hears, whole and in order, on its event loop")
    func roundTrip() async throws {
        let server = try await RedisServer.started()
        let (sender, receiver) = (try BusProbe(server), try BusProbe(server, channels: ["a"]))
        try await eventually("both buses are connected") { sender.connections == 1 && receiver.connections == 1 }
        let large = String(repeating: "x", count: 100_000)
        let texts = (0..<500).map(String.init) + ["", "\r\n\0é", large]
        for text in texts { try await sender.publish(text, to: "a") }
        try await eventually("all messages have come") { receiver.messages.count == texts.count }
        #expect(receiver.messages == texts.map { "a: " + $0 })
        #expect(receiver.eventsOffLoop == 0)
        try await shutDown(sender, receiver)
    }

    @Test("thousands of channels are confirmed each, and none is heard after its unsubscribe")
    func manyChannels() async throws {
        let server = try await RedisServer.started()
        let probe = try BusProbe(server)
        let channels = (0..<3000).map { "room-\($0)" }
        probe.bus.subscribe(channels)
        try await eventually("every channel is confirmed") {
            probe.events.count { if case .confirmed = $0 { true } else { false } } == channels.count
        }
        probe.bus.unsubscribe(Array(channels.dropLast()))
        probe.bus.subscribe(["end"])
        // Confirmed behind the unsubscribes on the same connection.
        try await eventually("the last channel is confirmed") { probe.confirmations(of: "end") == 1 }
        try await probe.publish("no", to: "room-0")
        try await probe.publish("yes", to: "room-2999")
        try await eventually("the message of the kept channel has come") { !probe.messages.isEmpty }
        #expect(probe.messages == ["room-2999: yes"])
        try await shutDown(probe)
    }

    @Test("after Redis is killed and started again, messages flow without a new subscribe")
    func killed() async throws {
        let server = try await RedisServer.started()
        let probe = try BusProbe(server, channels: ["a", "b"])
        try await eventually("the bus is connected") { probe.connections == 1 }
        try await server.kill()
        try await eventually("the loss is told") { probe.losses == 1 }
        await #expect(throws: RedisError.self) { try await probe.publish("lost", to: "a") }
        probe.bus.unsubscribe(["b"])
        try await server.start()
        try await eventually("the bus is connected again") { probe.connections == 2 }
        #expect(probe.confirmations(of: "a") == 2)
        #expect(probe.confirmations(of: "b") == 1)
        try await probe.publish("back", to: "a")
        try await eventually("the message has come") { probe.messages == ["a: back"] }
        #expect(probe.losses == 1)
        try await shutDown(probe)
    }

    @Test("a Redis that hangs is taken for lost, and is used again when it goes on")
    func hung() async throws {
        let server = try await RedisServer.started()
        let probe = try BusProbe(server, channels: ["a"])
        try await eventually("the bus is connected") { probe.connections == 1 }
        server.pause()
        try await eventually("the loss is told", within: .seconds(3)) { probe.losses == 1 }
        server.resume()
        try await eventually("the bus is connected again") { probe.connections == 2 }
        try await probe.publish("back", to: "a")
        try await eventually("the message has come") { probe.messages == ["a: back"] }
        try await shutDown(probe)
    }

    @Test("a Redis that is absent at the start is found when it comes")
    func absentAtStart() async throws {
        let server = try RedisServer()
        let probe = try BusProbe(server, channels: ["a"])
        try await eventually("the outage is told") { probe.losses == 1 }
        await #expect(throws: RedisError.self) { try await probe.publish("x", to: "a") }
        try await server.start()
        try await eventually("the bus is connected") { probe.connections == 1 && probe.confirmations(of: "a") == 1 }
        #expect(probe.losses == 1)
        try await shutDown(probe)
    }

    @Test("an idle bus stays connected through many pings")
    func idle() async throws {
        let server = try await RedisServer.started()
        let (idle, subscribed) = (try BusProbe(server), try BusProbe(server, channels: ["a"]))
        let client = try await startedClient(server)
        try await eventually("Redis has answered pings of both buses") {
            let stats = try await client.send("INFO", "commandstats").text ?? ""
            return stats.calls(of: "ping") >= 40
        }
        #expect(idle.losses == 0 && subscribed.losses == 0)
        #expect(idle.bus.roundTrip.map { $0 > .zero } == true)
        #expect(idle.bus.primary == "127.0.0.1:\(server.port)")
        try await client.shutdown().get()
        try await shutDown(idle, subscribed)
    }

    @Test("after the shutdown Redis has no connection of the bus, and publishing says why it fails")
    func shutdown() async throws {
        let server = try await RedisServer.started()
        let probe = try BusProbe(server)
        try await eventually("the bus is connected") { probe.connections == 1 }
        try await probe.bus.shutdown().get()
        await #expect(throws: RedisError.shutDown) { try await probe.publish("x", to: "a") }
        let client = try await startedClient(server)
        try await eventually("only the asking client is left") {
            let clients = try await client.send("CLIENT", "LIST").text ?? ""
            return !clients.contains("name=test-commands") && !clients.contains("name=test-subscriber")
        }
        #expect(probe.losses == 0)
        try await client.shutdown().get()
    }

    private func shutDown(_ probes: BusProbe...) async throws {
        for probe in probes { try await probe.bus.shutdown().get() }
    }
}

extension String {
    /// The number of calls that `INFO commandstats` counts for a command.
    fileprivate func calls(of command: String) -> Int {
        let line = split(whereSeparator: \.isNewline).first { $0.hasPrefix("cmdstat_\(command):calls=") }
        let digits = line?.drop { $0 != "=" }.dropFirst().prefix { $0.isNumber }
        return digits.flatMap { Int($0) } ?? 0
    }
}
