import FleetModel
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Redis

@Suite("Redis streams, on a real Redis")
struct RedisStreamsTests {
    private static let script = #filePath.replacing(
        "Tests/RedisTests/Streams/RedisStreamsTests.swift", with: "Sources/Redis/Streams/publish.lua")

    @Test("what is published is in the stream as it was, and reaches subscribers with its place spliced in")
    func publishing() async throws {
        let world = try await StreamWorld()
        let probe = try BusProbe(world.server, channels: ["gad:room:gov:alerts"])
        try await eventually("the bus is connected") { probe.connections == 1 }
        let first = try await world.publish(#"{"event_type":"alert"}"#, "m1")
        let second = try await world.publish("\n{ } \r\n", "m2")
        #expect(first.place.epoch == second.place.epoch && !first.isRepeated && !second.isRepeated)
        let (epoch, one, two) = (first.place.epoch, first.place.offset, second.place.offset)
        try await eventually("both have come") { probe.messages.count == 2 }
        let head = "gad:room:gov:alerts: {"
        let stream = #""stream":{"room":"gov:alerts","offset":""#
        #expect(
            probe.messages == [
                head + #""event_type":"alert","# + stream + #"\#(one)","epoch":"\#(epoch)","prev":"0-0"}}"#,
                head + " " + stream + #"\#(two)","epoch":"\#(epoch)","prev":"\#(one)"}}"#,
            ])
        let excerpt = try await world.records()
        #expect(excerpt.epoch == epoch && excerpt.records.map(\.offset) == [one, two])
        #expect(
            excerpt.records.map { $0.envelope.map { String(buffer: $0) } } == [
                #"{"event_type":"alert"}"#, "\n{ } \r\n",
            ])
        try await probe.bus.shutdown().get()
        try await world.shutDown()
    }

    @Test("a message id is published once, and the second time answers where it went")
    func idempotency() async throws {
        let world = try await StreamWorld()
        let first = try await world.publish("{}", "m1")
        try await world.publish("{}", "m2")
        let again = try await world.publish(#"{"other":1}"#, "m1")
        #expect(again.isRepeated && again.place == first.place)
        #expect(try await world.records().records.count == 2)
        #expect(try await world.publish("{}", "m1", to: "gov:other").isRepeated == false)
        let lifetime = try await world.client.send("TTL", "gad:sent:gov:alerts:m1").integer ?? 0
        #expect((1...60).contains(lifetime))
        try await world.shutDown()
    }

    @Test("a message whose stream was lost since is published again")
    func idempotencyOfLost() async throws {
        let world = try await StreamWorld()
        let before = try await world.publish("{}", "m1").place
        _ = try await world.client.send("DEL", "gad:stream:gov:alerts")
        let again = try await world.publish("{}", "m1")
        #expect(!again.isRepeated && again.place.epoch != before.epoch)
        #expect(try await world.records().records.count == 1)
        #expect(try await world.publish("{}", "m1").isRepeated)
        try await world.shutDown()
    }

    @Test("a lost stream begins anew with another epoch, though the epoch of before is still there")
    func lostStream() async throws {
        let world = try await StreamWorld()
        let before = try await world.publish("{}", "m1").place
        _ = try await world.client.send("DEL", "gad:stream:gov:alerts")
        let published = try await world.publish("{}", "m2").place
        #expect(published.epoch != before.epoch)
        _ = try await world.client.send("DEL", "gad:stream:gov:alerts")
        let asked = try await world.place()
        #expect(asked.epoch != before.epoch && asked.epoch != published.epoch)
        try await world.shutDown()
    }

    @Test(
        "what cannot be published is refused with a reason and leaves nothing behind",
        arguments: [
            ("[1]", "JSON object"), ("", "JSON object"), ("{} x", "JSON object"), ("x{}", "JSON object"),
            ("{" + String(repeating: "a", count: 1 << 20) + "}", "1048576 bytes"),
        ])
    func refusals(_ envelope: String, _ words: String) async throws {
        let world = try await StreamWorld()
        let error = await #expect(throws: RedisError.self) { try await world.publish(envelope, "m1") }
        #expect(error?.description.contains(words) == true)
        #expect(try await world.client.send("KEYS", "gad:*:gov:alerts*").array == [])
        try await world.shutDown()
    }

    @Test("positions are in the order of the rooms, and a room without a stream gets a first entry that is no message")
    func positions() async throws {
        let world = try await StreamWorld()
        let published = try await world.publish("{}", "m1").place
        let rooms = (0..<300).map { room("r\($0)") } + [world.room]
        let places = try await world.streams.places(of: rooms, retention: .seconds(600)).get()
        #expect(places.count == 301 && places.last == published)
        #expect(try await world.streams.places(of: rooms, retention: .seconds(600)).get() == places)
        let origin = try await world.streams.records(of: rooms[7], from: "0-0", limit: 10).get()
        #expect(origin.epoch == places[7].epoch)
        #expect(origin.records == [StreamRecord(offset: places[7].offset, envelope: nil)])
        #expect(try await world.streams.places(of: [], retention: .seconds(600)).get() == [])
        try await world.shutDown()
    }

    @Test("a stream that is asked for does not expire, and one that nobody wants does")
    func retention() async throws {
        var world = try await StreamWorld()
        world.keeping.retention = .seconds(1)
        try await world.publish("{}", "m1")
        try await world.publish("{}", "m2", to: "gov:unwanted")
        _ = try await world.streams.places(of: [world.room], retention: .seconds(600)).get()
        try await eventually("the unwanted stream is gone") {
            try await world.client.send("KEYS", "gad:*:gov:unwanted").array == []
        }
        #expect(try await world.client.send("EXISTS", "gad:stream:gov:alerts", "gad:epoch:gov:alerts").integer == 2)
        try await world.shutDown()
    }

    @Test("a stream that was only asked for is kept for minutes, and for its retention once something is published")
    func emptyStream() async throws {
        var world = try await StreamWorld()
        world.keeping.retention = .seconds(86_400)
        func lifetimes() async throws -> [Int64] {
            var all: [Int64] = []
            for key in ["gad:stream:gov:alerts", "gad:epoch:gov:alerts"] {
                all.append(Int64(try await world.client.send("TTL", .text(key)).integer ?? 0))
            }
            return all
        }
        let place = try await world.place()
        #expect(try await world.place() == place)
        #expect(try await lifetimes().allSatisfy { (1...900).contains($0) })
        #expect(try await world.publish("{}", "m1").place.epoch == place.epoch)
        #expect(try await lifetimes().allSatisfy { $0 > 900 })
        _ = try await world.place()
        #expect(try await lifetimes().allSatisfy { $0 > 900 })
        try await world.shutDown()
    }

    @Test("reading begins with the entry asked for while it is there, and a room without a stream has no epoch")
    func reading() async throws {
        let world = try await StreamWorld()
        #expect(try await world.records() == StreamExcerpt(epoch: "", records: []))
        var offsets: [String] = []
        for index in 0..<10 { offsets.append(try await world.publish("{}", "m\(index)").place.offset) }
        #expect(try await world.records(from: offsets[3], limit: 4).records.map(\.offset) == Array(offsets[3..<7]))
        _ = try await world.client.send("XDEL", "gad:stream:gov:alerts", .text(offsets[3]))
        #expect(try await world.records(from: offsets[3], limit: 1).records.map(\.offset) == [offsets[4]])
        #expect(try await world.records(from: offsets[8]).hasMore == false)
        try await world.shutDown()
    }

    @Test("a reply is bounded in count and in bytes, and says whether it is all")
    func boundedReading() async throws {
        let world = try await StreamWorld()
        for index in 0..<10 { try await world.publish("{" + String(repeating: " ", count: 900_000) + "}", "m\(index)") }
        let (few, many) = (try await world.records(limit: 3), try await world.records())
        #expect(few.records.count == 3 && few.hasMore)
        #expect((1..<10).contains(many.records.count) && many.hasMore)
        let last = try #require(many.records.last)
        let rest = try await world.records(from: last.offset)
        #expect(rest.records.first == last && many.records.count + rest.records.count == 11 && !rest.hasMore)
        try await world.shutDown()
    }

    @Test("scripts run after Redis has forgotten them, in the order of the calls")
    func flushedScripts() async throws {
        let world = try await StreamWorld()
        _ = try await world.client.send("SCRIPT", "FLUSH")
        let envelope = ByteBuffer(string: "{}")
        let receipts = try await EventLoopFuture.whenAllSucceed(
            (0..<20).map { world.streams.publish(envelope, messageID: "m\($0)", to: world.room, world.keeping) },
            on: world.streams.eventLoop
        ).get()
        #expect(try await world.records().records.map(\.offset) == receipts.map(\.place.offset))
        try await world.shutDown()
    }

    @Test("publishing fails at once while Redis is away, and works when it is back")
    func outage() async throws {
        let world = try await StreamWorld()
        try await world.server.kill()
        try await eventually("the loss is noticed") {
            do {
                try await world.publish("{}", "m1")
                return false
            } catch RedisError.notConnected { return true } catch { return false }
        }
        try await world.server.start()
        try await world.awaitConnection()
        #expect(try await world.publish("{}", "m1").isRepeated == false)
        try await world.shutDown()
    }

    @Test("publishing counts as done once the replicas asked for have it")
    func enoughReplicas() async throws {
        var world = try await StreamWorld()
        let replica = try await RedisServer.started(options: ["--replicaof", "127.0.0.1", "\(world.server.port)"])
        try await eventually("the replica follows") {
            try await replica.cli(["INFO", "replication"]).contains("master_link_status:up")
        }
        try await eventually("the primary hears of what it has") {
            try await world.client.send("SET", "probe", "1")
            return try await world.client.send("WAIT", "1", "100").integer == 1
        }
        world.keeping.replicas = 1
        world.keeping.replicaTimeout = .milliseconds(400)
        let messages = (0..<50).map { "m\($0)" }
        let (streams, room, keeping) = (world.streams, world.room, world.keeping)
        let receipts = messages.map {
            streams.publish(ByteBuffer(string: "{}"), messageID: $0, to: room, keeping)
        }
        _ = try await EventLoopFuture.whenAllSucceed(receipts, on: world.streams.eventLoop).get()
        #expect(try await replica.cli(["XLEN", "gad:stream:gov:alerts"]) == "50")
        replica.pause()
        let error = await #expect(throws: RedisError.self) { try await world.publish("{}", "late") }
        #expect(error == .notReplicated(wanted: 1, reached: 0))
        replica.resume()
        try await eventually("the same message is confirmed when the replica is back", within: .seconds(10)) {
            (try? await world.publish("{}", "late"))?.isRepeated == true
        }
        try await world.shutDown()
    }

    @Test("publishes that come while replicas are waited for share the next wait, and stay in their order")
    func sharedWaits() async throws {
        var world = try await StreamWorld()
        world.keeping.replicas = 1
        var published: [EventLoopFuture<StreamReceipt>] = []
        for index in 0..<40 {
            published.append(
                world.streams.publish(
                    ByteBuffer(string: #"{"n":\#(index)}"#), messageID: "m\(index)", to: world.room, world.keeping))
            // A turn of the loop for each.
            try await world.streams.eventLoop.scheduleTask(in: .milliseconds(1)) {}.futureResult.get()
        }
        for result in try await EventLoopFuture.whenAllComplete(published, on: world.streams.eventLoop).get() {
            #expect(throws: RedisError.notReplicated(wanted: 1, reached: 0)) { try result.get() }
        }
        let waits = try await world.server.cli(["INFO", "commandstats"]).split(whereSeparator: \.isNewline)
            .first { $0.hasPrefix("cmdstat_wait:calls=") }?.dropFirst("cmdstat_wait:calls=".count)
        #expect(waits.flatMap { Int($0.prefix { $0.isNumber }) }.map { (1..<20).contains($0) } == true)
        let kept = try await world.records().records.compactMap { $0.envelope.map { String(buffer: $0) } }
        #expect(kept == (0..<40).map { #"{"n":\#($0)}"# })
        try await world.shutDown()
    }

    @Test("what is held back is bounded in count and in bytes")
    func heldPublishes() {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        func attempt(_ size: Int) -> PublishAttempt {
            let promise = loop.makePromise(of: RESPValue.self)
            promise.fail(RedisError.shutDown)
            let envelope = RESPArgument.bytes(ByteBuffer(repeating: 0, count: size))
            return PublishAttempt(
                call: ScriptCall(script: .publish, keys: [], arguments: [envelope]), demand: nil, promise: promise)
        }
        var held = HeldPublishes(limits: RequestLimits(count: 3, bytes: 100))
        let isTaken = [60, 50, 40, 0, 0].map { held.add(attempt($0)) }
        #expect(isTaken == [true, false, true, true, false])
        #expect(held.takeAll().count == 3)
        let isRoomAgain = held.add(attempt(100))
        #expect(isRoomAgain)
    }

    @Test("a backend publishes with redis-cli and the script alone")
    func byHand() async throws {
        let world = try await StreamWorld()
        let probe = try BusProbe(world.server, channels: ["gad:room:gov:alerts"])
        try await eventually("the bus is connected") { probe.connections == 1 }
        let words = [
            "--eval", Self.script, "gad:stream:gov:alerts", "gad:epoch:gov:alerts", "gad:sent:gov:alerts:m1", ",",
            "gad:room:gov:alerts", #"{"event_type":"alert"}"#,
        ]
        let first = try await world.server.cli(words).split(separator: "\n").map(String.init)
        #expect(first.count == 3 && first.last == "0")
        #expect(try await world.server.cli(words + ["100", "3600", "60"]).split(separator: "\n").last == "1")
        #expect(try await world.records().records.map(\.offset) == [first[0]])
        try await eventually("subscribers hear it") { probe.messages.count == 1 }
        #expect(try await world.server.cli(Array(words.dropLast())).contains("the envelope, is missing"))
        try await probe.bus.shutdown().get()
        try await world.shutDown()
    }

    @Test("without enough replicas publishing fails with advice, and the same id is not published twice")
    func tooFewReplicas() async throws {
        var world = try await StreamWorld()
        world.keeping.replicas = 1
        for _ in 0..<2 {
            let error = await #expect(throws: RedisError.self) { try await world.publish("{}", "m1") }
            #expect(error == .notReplicated(wanted: 1, reached: 0))
        }
        #expect(try await world.records().records.count == 1)
        try await world.shutDown()
    }
}
