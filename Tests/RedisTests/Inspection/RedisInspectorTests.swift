import FleetModel
import NIOCore
import Redis
import TestSupport
import Testing

@Suite("Looking into the primary, on a real Redis")
struct RedisInspectorTests {
    struct World {
        let server: RedisServer
        let client: RedisClient
        let inspector: RedisInspector

        static func run(options: [String] = [], _ body: (World) async throws -> Void) async throws {
            let server = try await RedisServer.started(options: options)
            let client = try await startedClient(server)
            let target = RedisTarget(url: try RedisURL(server.url))
            let topology = RedisTopology(target, name: "test", logger: quietLogger)
            try await body(
                World(
                    server: server, client: client, inspector: RedisInspector(topology: topology, name: "test-look")))
            try await client.shutdown().get()
        }

        /// Strings of growing size, `k-0` the smallest.
        func fill(_ count: Int) async throws {
            _ = try await client.send(
                pipeline: (0..<count).map { RESPCommand("SET", ["k-\($0)", String(repeating: "x", count: 1 + $0)]) })
        }

        func addStream(_ name: String, _ count: Int) async throws {
            _ = try await client.send(
                pipeline: (0..<count).map { RESPCommand("XADD", [name, "\($0 + 1)-0", "m", "x"]) })
        }
    }

    static let question = ServerQuestion(
        slowCommands: 4,
        streams: KeySearch(
            .length, streamPrefix: "gad:stream:", wanted: 2, maximumKeys: 10_000, maximumTime: .seconds(1)),
        channels: ["gad:all"])

    static func search(_ question: KeySearch.Question, maximumKeys: Int = 20_000) -> KeySearch {
        KeySearch(question, wanted: 3, maximumKeys: maximumKeys, maximumTime: .seconds(5))
    }

    @Test("tells of clients, channels, slow commands and streams, and leaves no connection behind")
    func facts() async throws {
        try await World.run(options: ["--slowlog-log-slower-than", "0"]) { world in
            let probe = try BusProbe(world.server, channels: ["gad:all", "gad:room:a"])
            try await eventually("it hears both") { probe.confirmations(of: "gad:room:a") == 1 }
            for (name, count) in [("a", 3), ("b", 5), ("c", 1)] {
                try await world.addStream("gad:stream:\(name)", count)
            }
            try await world.fill(20)
            let facts = await world.inspector.facts(Self.question)
            #expect(try facts.info.get()["maxmemory_policy"] == "noeviction")
            #expect(try facts.clients.get().contains { $0["name"] == "test-look" && $0["omem"] != nil })
            #expect(try facts.channels.get() == ["gad:all": 1, "gad:room:a": 1])
            let slow = try facts.slowlog.get()
            #expect(slow.count == 4 && slow.allSatisfy { $0.seconds > 1_600_000_000 && !$0.client.isEmpty })
            #expect(slow.contains { $0.arguments.first == "SET" } || slow.contains { $0.arguments.first == "INFO" })
            let streams = try facts.streams.get()
            #expect(streams.keys.map { String(buffer: $0.name) } == ["gad:stream:b", "gad:stream:a"])
            #expect(streams.keys.map(\.value) == [5, 3] && streams.keys.map(\.lastID) == ["5-0", "3-0"])
            #expect((streams.found, streams.scanned, streams.isComplete) == (3, 23, true))
            try await eventually("its connection is closed") {
                try await world.client.send("CLIENT", "LIST").text?.contains("name=test-look") == false
            }
            try await probe.bus.shutdown().get()
        }
    }

    @Test("of too many channels only those are asked for that are named")
    func manyChannels() async throws {
        try await World.run { world in
            let channels = (0..<ServerQuestion.maximumChannels).map { "gad:room:\($0)" } + ["gad:all"]
            let probe = try BusProbe(world.server, channels: channels)
            try await eventually("it hears all") {
                let info = RedisFields.info(try await world.client.send("INFO", "stats").text ?? "")
                return info["pubsub_channels"] == "\(channels.count)"
            }
            #expect(try await world.inspector.facts(Self.question).channels.get() == ["gad:all": 1])
            try await probe.bus.shutdown().get()
        }
    }

    @Test("the biggest keys are found among all, with their types")
    func big() async throws {
        try await World.run { world in
            try await world.fill(3_000)
            try await world.addStream("gad:stream:a", 2_000)
            let finding = try await world.inspector.find(Self.search(.memory))
            #expect((finding.scanned, finding.databaseSize, finding.isComplete) == (3_001, 3_001, true))
            #expect(String(buffer: try #require(finding.keys.first).name) == "gad:stream:a")
            #expect(finding.keys.map(\.type) == ["stream", "string", "string"])
            #expect(finding.keys.map(\.value) == finding.keys.map(\.value).sorted(by: >))
        }
    }

    @Test("a search looks at no more keys than it may, and says how many")
    func bounded() async throws {
        try await World.run { world in
            try await world.fill(3_000)
            let finding = try await world.inspector.find(Self.search(.memory, maximumKeys: 1_000))
            #expect((1_000..<1_600).contains(finding.scanned) && !finding.isComplete && !finding.ranOutOfTime)
            #expect(finding.databaseSize == 3_000)
            print("measured: \(finding.scanned) keys were looked at in \(finding.took)")
        }
    }

    @Test("how often keys are used is known under LFU, and refused with the policy elsewhere")
    func hot() async throws {
        try await World.run(options: ["--maxmemory-policy", "allkeys-lfu"]) { world in
            try await world.fill(100)
            for _ in 0..<500 { try await world.client.send("GET", "k-7") }
            #expect(try await world.inspector.policyWithoutFrequency() == nil)
            let finding = try await world.inspector.find(Self.search(.frequency))
            #expect(String(buffer: try #require(finding.keys.first).name) == "k-7")
            await #expect(throws: InspectionFailure.self) {
                try await world.inspector.find(Self.search(.idleTime))
            }
        }
        try await World.run { world in
            #expect(try await world.inspector.policyWithoutFrequency() == "noeviction")
            try await world.fill(10)
            #expect(try await world.inspector.find(Self.search(.idleTime)).keys.count == 3)
        }
    }

    @Test("a Redis that hangs, or is not there, is told within a bounded time")
    func hung() async throws {
        try await World.run { world in
            world.server.pause()
            let begun = ContinuousClock.now
            let facts = await world.inspector.facts(Self.question)
            print("measured: a hung Redis was given up after \(ContinuousClock.now - begun)")
            world.server.resume()
            #expect(throws: InspectionFailure.self) { try facts.info.get() }
            #expect(throws: InspectionFailure.self) { try facts.streams.get() }
            try await world.server.kill()
            await #expect(throws: InspectionFailure.self) {
                try await world.inspector.find(Self.search(.memory))
            }
        }
    }
}
