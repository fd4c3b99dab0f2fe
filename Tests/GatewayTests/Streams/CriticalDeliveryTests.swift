import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Delivery of what must not be lost")
struct CriticalDeliveryTests {
    @Test("a member knows where the room stood when it joined, and where each message is")
    func positions() async throws {
        try await StreamWorld.run(loops: 2) { world in
            let before = world.publish("early")
            let (client, position) = try await world.member()
            #expect(position == before)
            let first = world.publish("a")
            world.publish("b")
            let messages = try await [client.envelope(), client.envelope()]
            #expect(messages.map(\.messageID) == ["a", "b"])
            #expect(
                messages.first?.stream?["prev"] == before.offset && messages.first?.stream?["room"] == StreamWorld.room)
            #expect(messages.last?.stream?["prev"] == first.offset)
            let (_, later) = try await world.member()
            #expect(later.offset == messages.last?.stream?["offset"])
        }
    }

    @Test("a client's message is in the stream when its publisher is told so, and a repetition is no second message")
    func publish() async throws {
        try await StreamWorld.run { world in
            let (client, position) = try await world.member()
            let publisher = try await world.client()
            try await publisher.send(Self.publication("m"))
            let answer = try await publisher.envelope()
            #expect(answer.eventType == "published" && !answer.flag("duplicate"))
            try await publisher.send(Self.publication("m"))
            let again = try await publisher.envelope()
            #expect(again.flag("duplicate") && again.string("offset") == answer.string("offset"))
            world.publish("end")
            let heard = try await client.envelopes(until: "end")
            #expect(heard.map(\.messageID) == ["m", "end"])
            #expect(heard.first?.stream?["offset"] == answer.string("offset"))
            #expect(heard.first?.stream?["epoch"] == position.epoch)
        }
    }

    @Test("a message whose publishing is not confirmed may be published again, and nobody gets it twice")
    func retry() async throws {
        try await StreamWorld.run { world in
            let (client, _) = try await world.member()
            world.log.isAvailable = false
            try await client.send(Self.publication("lost"))
            let refusal = try await client.envelope()
            #expect(refusal.string("code") == "unavailable" && refusal.string("message_id") == "lost")
            #expect(refusal.string("message")?.contains("same message_id") == true)
            world.log.isAvailable = true
            world.log.losesAnswers = true
            try await client.send(Self.publication("m"))
            let heard = try await [client.envelope(), client.envelope()]
            #expect(Set(heard.map(\.eventType)) == ["error", "test"])
            // A failover lost the entry; the client publishes it again.
            world.log.losesAnswers = false
            world.log.rollBack(world.name, by: 1)
            try await client.send(Self.publication("m"))
            let answer = try await client.envelope()
            #expect(answer.eventType == "published" && !answer.flag("duplicate"))
            world.publish("end")
            #expect(try await client.messageIDs(until: "end") == ["end"])
        }
    }

    @Test("what Pub/Sub loses between two messages is delivered between them")
    func gap() async throws {
        try await StreamWorld.run(loops: 2, checkInterval: .seconds(60)) { world in
            let members = try await [world.member().0, world.member().0, world.member().0]
            world.publish("a")
            world.publishUnheard("b", "c")
            world.publish("d", "e")
            for member in members { #expect(try await member.messageIDs(5) == ["a", "b", "c", "d", "e"]) }
            #expect(await world.worker.plane.snapshot().repairedTotal == 2)
        }
    }

    @Test("what Pub/Sub loses and nothing follows is found by the check of positions")
    func tail() async throws {
        try await StreamWorld.run { world in
            let (client, _) = try await world.member()
            let position = world.publishUnheard("a", "b")
            let messages = try await [client.envelope(), client.envelope()]
            #expect(messages.map(\.messageID) == ["a", "b"])
            #expect(messages.last?.stream?["offset"] == position.offset)
            #expect(await world.worker.plane.snapshot().repairedTotal == 2)
        }
    }

    @Test("what was published while Pub/Sub was away is delivered at its return")
    func reconnect() async throws {
        try await StreamWorld.run(checkInterval: .seconds(60)) { world in
            let (client, _) = try await world.member()
            world.worker.backplane.lose()
            world.publish("a", "b")
            world.worker.backplane.connect()
            #expect(try await client.messageIDs(2) == ["a", "b"])
            world.publish("c")
            #expect(try await client.envelope().messageID == "c")
        }
    }

    @Test("members are told when more was lost than a replay holds, and go on from there")
    func tooMuchLost() async throws {
        try await StreamWorld.run(configure: { $0.policy.streams.maximumReplay = 3 }) { world in
            let (client, _) = try await world.member()
            let top = world.publishUnheard("a", "b", "c", "d", "e")
            let news = try await client.envelope()
            #expect(news.eventType == "resumed" && !news.flag("recovered") && news.string("reason") == "too_many")
            #expect(news.string("offset") == top.offset && news.string("room") == StreamWorld.room)
            world.publish("f")
            #expect(try await client.envelope().messageID == "f")
        }
    }

    @Test("a lost stream is noticed, members are told, and nothing of the new one is missed")
    func lostStream() async throws {
        try await StreamWorld.run(checkInterval: .seconds(60)) { world in
            let (client, position) = try await world.member()
            world.publish("a")
            world.log.lose(world.name)
            world.publish("b", "c")
            #expect(try await client.messageIDs(3) == ["a", "b", "c"])
            let news = try await client.envelope()
            #expect(news.string("reason") == "epoch_changed" && news.string("epoch") != position.epoch)
            world.publish("d")
            #expect(try await client.envelope().messageID == "d")
        }
    }

    @Test("what bypasses the stream is delivered without a position, and so is what lies about it")
    func plain() async throws {
        try await StreamWorld.run { world in
            let (client, _) = try await world.member()
            let channel = "gad:room:\(StreamWorld.room)"
            world.broker.publish(ExactlyOnceTests.envelope("plain"), to: channel)
            for (id, stamp) in [
                ("s1", #""stream":7"#), ("s2", #""stream":{"room":"other","offset":"9-0","epoch":"e1","prev":"8-0"}"#),
                ("s3", #""stream":{"room":"gov:alerts","offset":"9-0","epoch":"e1"}"#),
                ("s4", #""stream":{},"stream":{"room":"gov:alerts","offset":"9-0","epoch":"e1","prev":"8-0"}"#),
            ] { world.broker.publish(ExactlyOnceTests.envelope(id, stamp), to: channel) }
            world.publish("end")
            #expect(
                try await client.envelopes(until: "end").map(\.messageID) == ["plain", "s1", "s2", "s3", "s4", "end"])
            #expect(await world.worker.plane.snapshot().malformedTotal == 4)
            try await client.send(
                #"{"event_type":"publish","data":{"event_type":"e","topic":"gov:alerts","stream":{}}}"#)
            #expect(try await client.envelope().string("code") == "invalid_data")
        }
    }

    @Test("an entry that is no envelope is passed over")
    func malformedEntry() async throws {
        try await StreamWorld.run { world in
            let (client, _) = try await world.member()
            world.broker.isLosing = true
            _ = try await world.log.publish(ByteBuffer(string: "{]"), messageID: "x", to: world.name, StreamPolicy())
                .get()
            world.broker.isLosing = false
            world.publish("a")
            #expect(try await client.envelope().messageID == "a")
        }
    }

    @Test("a stream that cannot be asked makes a subscription degraded, and the next one whole")
    func unavailable() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.confirmationTimeout = .milliseconds(200)
        }
        try await StreamWorld.run(configure: configure) { world in
            world.log.isAvailable = false
            let client = try await world.client()
            let answer = try await client.subscribe(StreamWorld.room)
            #expect(answer.flag("degraded") && answer.position(of: StreamWorld.room) == nil)
            world.log.isAvailable = true
            try await eventually("the position is known") {
                try await client.subscribe(StreamWorld.room).position(of: StreamWorld.room) != nil
            }
        }
    }

    @Test("a room gets and loses its stream with the policy")
    func policy() async throws {
        try await StreamWorld.run { world in
            let (client, _) = try await world.member()
            var policy = GatewayPolicy()
            policy.streams.checkInterval = .milliseconds(50)
            policy.classes.critical.guarantee = .pubsub
            await world.worker.plane.apply(policy)
            #expect(try await client.subscribe(StreamWorld.room).position(of: StreamWorld.room) == nil)
            try await client.send(Self.publication("m"))
            #expect(Set(try await [client.envelope(), client.envelope()].map(\.eventType)) == ["published", "test"])
            policy.classes.critical.guarantee = .stream
            await world.worker.plane.apply(policy)
            try await eventually("the position is known") {
                try await client.subscribe(StreamWorld.room).position(of: StreamWorld.room) != nil
            }
        }
    }

    @Test("a room has so many messages a second as its class allows, and critical ones have no such bound")
    func rate() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.classes.important.rate = 5
            configuration.policy.classes.critical.rate = 5
        }
        try await StreamWorld.run(configure: configure) { world in
            let client = try await world.client()
            try await client.subscribe("ops:a", "ops:b", StreamWorld.room)
            for number in 0..<20 {
                world.broker.publish(ExactlyOnceTests.envelope("a\(number)"), to: "gad:room:ops:a")
                world.publish("c\(number)")
            }
            world.broker.publish(ExactlyOnceTests.envelope("end"), to: "gad:room:ops:b")
            let ids = try await client.envelopes(until: "end").compactMap(\.messageID)
            #expect(ids.count { $0.hasPrefix("c") } == 20)
            #expect((5..<20).contains(ids.count { $0.hasPrefix("a") }))
            let drops = await world.worker.plane.snapshot().drops
            #expect(drops.map(\.reason) == [.rate] && drops.first?.criticality == .important)
        }
    }

    @Test("of a less critical room with a stream nothing is shed, coalesced or held to a rate")
    func importantStream() async throws {
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.policy.classes.important.guarantee = .stream
            configuration.policy.classes.important.drop = .coalesce
            configuration.policy.classes.important.rate = 1
        }
        try await StreamWorld.run(configure: configure) { world in
            let room = try #require(RoomName("ops:a"))
            let client = try await world.client()
            try await client.subscribe(room.rawValue)
            await world.worker.plane.degrade(to: .sheddingImportant)
            for number in 0..<20 { world.log.publish("\(number)", to: room) }
            world.log.publish("end", to: room)
            #expect(try await client.messageIDs(until: "end") == (0..<20).map(String.init) + ["end"])
        }
    }

    @Test("a role that may not join a room joins none of those it names with it")
    func forbidden() async throws {
        let secret = AuthenticatorTests.secret
        try await StreamWorld.run(authentication: .secret(secret)) { world in
            for (claims, code) in [
                (["sub": Claim.text("u")], "forbidden"), (["sub": .text("u"), "role": .text("USER")], nil),
            ] {
                let token = try await AuthenticatorTests.token(claims, secret: secret)
                let (client, _) = try await TestClient.open(
                    port: world.worker.port, target: "/ws/connect?token=\(token)")
                try await client.send(TestClient.command("subscribe", ["news", "gov:x"]))
                let answer = try await client.envelope()
                #expect(answer.string("code") == code && answer.number("total") == (code == nil ? 2 : nil))
                #expect(code == nil || answer.string("message")?.contains("gov:x") == true)
            }
        }
    }

    static func publication(_ id: String) -> String {
        #"{"event_type":"publish","data":{"event_type":"test","topic":"gov:alerts","message_id":"\#(id)"}}"#
    }
}
