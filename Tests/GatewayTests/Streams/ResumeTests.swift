import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Coming back to a room")
struct ResumeTests {
    @Test("a client that comes back gets what it missed, in order, and then what is published")
    func recovers() async throws {
        try await StreamWorld.run(loops: 2) { world in
            let (first, start) = try await world.member()
            world.publish("a", "b")
            #expect(try await first.messageIDs(2) == ["a", "b"])
            await first.close()
            // Somebody is still there, so that the worker has the messages at hand.
            let (stayer, _) = try await world.member()
            world.publish("c", "d")
            _ = try await stayer.messageIDs(2)
            let reads = world.log.reads
            let client = try await world.client()
            let answer = try await client.resume(from: start)
            #expect(answer.flag("recovered") && answer.number("count") == 4)
            #expect(answer.string("offset") == start.offset && answer.string("epoch") == start.epoch)
            let replayed = try await [client.envelope(), client.envelope(), client.envelope(), client.envelope()]
            #expect(replayed.map(\.messageID) == ["a", "b", "c", "d"])
            #expect(replayed.first?.stream?["prev"] == start.offset)
            world.publish("e")
            #expect(try await client.envelope().messageID == "e")
            #expect(world.log.reads == reads, "the tail has it all")
            let snapshot = await world.worker.plane.snapshot()
            #expect(snapshot.resumesRecoveredTotal == 1 && snapshot.replayedTotal == 4)
        }
    }

    @Test("a worker that never saw the messages reads them, once for all who come back together")
    func readsLog() async throws {
        try await StreamWorld.run { world in
            let start = world.publish("before")
            world.publish("a", "b", "c")
            var clients: [TestClient] = []
            for _ in 0..<20 { clients.append(try await world.client()) }
            world.log.withholdsReads = true
            for client in clients { try await client.send(start.command) }
            try await eventually("the stream is read") { world.log.reads == 1 }
            world.publish("d")
            world.log.withholdsReads = false
            for client in clients {
                let answer = try await client.envelope()
                #expect(answer.eventType == "resumed" && answer.flag("recovered"))
                #expect(try await client.messageIDs(4) == ["a", "b", "c", "d"])
            }
            world.publish("e")
            for client in clients { #expect(try await client.envelope().messageID == "e") }
            #expect(world.log.reads == 1)
        }
    }

    @Test("what is published while a client resumes reaches it once, wherever the boundary is", arguments: 1...3)
    func exactlyOnce(loops: Int) async throws {
        try await StreamWorld.run(loops: loops, configure: { $0.policy.streams.maximumReplay = 5_000 }) { world in
            let (stayer, start) = try await world.member()
            async let published: Void = {
                for number in 0..<1_000 {
                    if number % 10 == 9 { world.publishUnheard("\(number)") } else { world.publish("\(number)") }
                    if number % 20 == 0 { try await Task.sleep(for: .microseconds(200)) }
                }
                world.publish("end")
            }()
            var clients: [TestClient] = []
            for _ in 0..<25 {
                let client = try await world.client()
                #expect(try await client.resume(from: start).flag("recovered"))
                clients.append(client)
            }
            try await published
            let expected = (0..<1_000).map(String.init) + ["end"]
            for client in clients + [stayer] { #expect(try await client.messageIDs(until: "end") == expected) }
        }
    }

    @Test(
        "a client that cannot be given everything is told why, gets no part of it, and is in the room",
        arguments: ["too_many", "trimmed", "epoch_changed"])
    func notRecovered(reason: String) async throws {
        try await StreamWorld.run(configure: { $0.policy.streams.maximumReplay = 3 }) { world in
            let start = world.publish("before")
            world.publish("a", "b", "c", "d")
            switch reason {
            case "trimmed": world.log.trim(world.name, keeping: 2)
            case "epoch_changed": world.log.lose(world.name)
            default: break
            }
            let top = world.publish("e")
            let client = try await world.client()
            let answer = try await client.resume(from: start)
            #expect(!answer.flag("recovered") && answer.string("reason") == reason)
            #expect(answer.string("offset") == top.offset && answer.string("epoch") == top.epoch)
            world.publish("f")
            #expect(try await client.envelope().messageID == "f")
            #expect(await world.worker.plane.snapshot().resumesFailedTotal == 1)
        }
    }

    @Test("a replay larger than the class's queue is too many, from memory as from the stream")
    func bytes() async throws {
        try await StreamWorld.run(configure: { $0.policy.classes.critical.queueBytes = .kibibytes(8) }) { world in
            let start = world.publish("before")
            let pad = String(repeating: "x", count: 3_000)
            for id in ["a", "b", "c"] { world.log.publish(id, to: world.name, "\"data\":\"\(pad)\"") }
            for _ in 0..<2 {
                let answer = try await world.client().resume(from: start)
                #expect(answer.string("reason") == "too_many")
            }
        }
    }

    @Test("what is read for clients that come back is bounded with all that waits in the worker, and given up after")
    func workerBound() async throws {
        try await StreamWorld.run(configure: { $0.policy.queues.workerBytes = .kibibytes(8) }) { world in
            let start = world.publish("before")
            let pad = String(repeating: "x", count: 3_000)
            for id in ["a", "b"] { world.log.publish(id, to: world.name, "\"data\":\"\(pad)\"") }
            let answer = try await world.client().resume(from: start)
            #expect(answer.flag("recovered"))
            #expect(world.worker.plane.load.bytes == 0)
        }
        try await StreamWorld.run(configure: { $0.policy.queues.workerBytes = .kibibytes(8) }) { world in
            let start = world.publish("before")
            let pad = String(repeating: "x", count: 3_000)
            for id in ["a", "b", "c"] { world.log.publish(id, to: world.name, "\"data\":\"\(pad)\"") }
            let client = try await world.client()
            try await client.send(start.command)
            let answer = try await client.envelope()
            #expect(answer.eventType == "error" && answer.string("code") == "unavailable")
            #expect(world.worker.plane.load.bytes == 0)
        }
    }

    @Test("a client that has read more than this worker waits until the worker has it too")
    func ahead() async throws {
        try await StreamWorld.run(checkInterval: .seconds(60)) { world in
            let (stayer, start) = try await world.member()
            let position = world.publishUnheard("a", "b")
            let client = try await world.client()
            let answer = try await client.resume(from: position)
            #expect(answer.flag("recovered") && answer.number("count") == 0)
            #expect(try await stayer.messageIDs(2) == ["a", "b"])
            world.publish("c")
            #expect(try await client.envelope().messageID == "c")
            let invented = StreamWorld.Position(offset: "999999-0", epoch: start.epoch)
            #expect(try await world.client().resume(from: invented).string("reason") == "trimmed")
        }
    }

    @Test("while the stream cannot be asked a client is not let in, and loses nothing by trying again")
    func unavailable() async throws {
        try await StreamWorld.run { world in
            let start = world.publish("before")
            world.publish("a")
            let client = try await world.client()
            world.log.isAvailable = false
            try await client.send(start.command)
            let refusal = try await client.envelope()
            #expect(refusal.eventType == "error" && refusal.string("code") == "unavailable")
            world.log.isAvailable = true
            world.publish("b")
            #expect(try await client.resume(from: start).number("count") == 2)
            #expect(try await client.messageIDs(2) == ["a", "b"])
            world.worker.backplane.lose()
            let other = try await world.client()
            try await other.send(start.command)
            #expect(try await other.envelope().string("code") == "unavailable")
        }
    }

    @Test("who is in a room, or on the way into it, does not come back to it")
    func alreadyJoined() async throws {
        try await StreamWorld.run { world in
            let start = world.publish("before")
            world.publish("a")
            let client = try await world.client()
            world.log.withholdsReads = true
            try await client.send(start.command)
            try await client.send(start.command)
            #expect(try await client.envelope().string("code") == "already_joined")
            try await client.send(TestClient.command("subscribe", [StreamWorld.room]))
            #expect(try await client.envelope().string("code") == "already_joined")
            // One that leaves before the answer gets none.
            let leaver = try await world.client()
            try await leaver.send(start.command)
            try await leaver.send(TestClient.command("unsubscribe", [StreamWorld.room]))
            #expect(try await leaver.envelope().number("total") == 0)
            world.log.withholdsReads = false
            #expect(try await client.envelope().number("count") == 1)
            #expect(try await client.envelope().messageID == "a")
            try await client.send(start.command)
            #expect(try await client.envelope().string("code") == "already_joined")
            try await leaver.send(#"{"event_type":"ping"}"#)
            #expect(try await leaver.envelope().eventType == "pong")
            try await leaver.send(#"{"event_type":"resume","data":{"room":"ops:x","offset":"1-0","epoch":"e"}}"#)
            #expect(try await leaver.envelope().string("code") == "not_supported")
        }
    }

    @Test("a replay holds only what the client may see")
    func targets() async throws {
        let secret = AuthenticatorTests.secret
        try await StreamWorld.run(authentication: .secret(secret)) { world in
            let start = world.publish("before")
            world.log.publish("admins", to: world.name, #""target_role":"ADMIN""#)
            world.publish("all")
            for (role, expected) in [("ADMIN", ["admins", "all"]), ("USER", ["all"])] {
                let token = try await AuthenticatorTests.token(
                    ["sub": .text("u"), "role": .text(role)], secret: secret)
                let (client, greeting) = try await TestClient.open(
                    port: world.worker.port, target: "/ws/connect?token=\(token)")
                #expect(greeting.number("resume_window_seconds") == 7 * 86_400)
                #expect(try await client.resume(from: start).number("count") == expected.count)
                #expect(try await client.messageIDs(expected.count) == expected)
            }
            let token = try await AuthenticatorTests.token(["sub": .text("u")], secret: secret)
            let (stranger, _) = try await TestClient.open(
                port: world.worker.port, target: "/ws/connect?token=\(token)")
            try await stranger.send(start.command)
            #expect(try await stranger.envelope().string("code") == "forbidden")
        }
    }
}
