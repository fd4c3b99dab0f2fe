import Redis
import TestSupport
import Testing

@Suite("Following the primary, on real Sentinels", .serialized)
struct FailoverTests {
    @Test("a failover on command is followed by every connection, with passwords everywhere")
    func commanded() async throws {
        let fleet = try await SentinelFleet(password: "data", sentinelPassword: "watch")
        let world = try await FailoverWorld(fleet, url: "redis://:data@unused", credentials: ":watch")
        #expect(try await world.connections(to: fleet.servers[1]) == [])
        try await fleet.failOver()
        let begun = ContinuousClock.now
        let primary = try await fleet.awaitPrimary(otherThan: fleet.servers[0])
        try await world.awaitConnection(to: primary)
        print("measured: a failover on command was followed after \(ContinuousClock.now - begun)")
        try await eventually("nothing is left on the old primary") {
            try await world.connections(to: fleet.servers[0]) == []
        }
        try await eventually("messages flow without a new subscribe") {
            try await world.probe.publish("on", to: "a")
            return world.probe.messages.contains("a: on")
        }
        try await world.shutDown()
        try await eventually("no connection to a Sentinel is left behind") {
            try await fleet.sentinels[0].cli(["CLIENT", "LIST"]).contains("name=test") == false
        }
    }

    @Test("a killed primary is followed by another, and not gone back to")
    func killed() async throws {
        let fleet = try await SentinelFleet()
        let world = try await FailoverWorld(fleet)
        let begun = ContinuousClock.now
        try await fleet.servers[0].kill()
        try await eventually("the loss is told") { world.probe.losses == 1 }
        let primary = try await fleet.awaitPrimary(otherThan: fleet.servers[0])
        try await world.awaitConnection(to: primary)
        print("measured: a killed primary was replaced for every connection after \(ContinuousClock.now - begun)")
        try await fleet.servers[0].start()
        try await eventually("the killed server is a replica", within: .seconds(30)) {
            try await fleet.servers[0].cli(["ROLE"]).hasPrefix("slave")
        }
        #expect(try await world.connections(to: fleet.servers[0]) == [])
        #expect(world.probe.losses == 1)
        try await world.shutDown()
    }

    @Test("a primary that hangs is left when another is promoted, though a Sentinel hangs with it")
    func paused() async throws {
        let fleet = try await SentinelFleet()
        let world = try await FailoverWorld(fleet)
        let begun = ContinuousClock.now
        fleet.servers[0].pause()
        fleet.sentinels[2].pause()
        let primary = try await fleet.awaitPrimary(otherThan: fleet.servers[0])
        try await world.awaitConnection(to: primary)
        print("measured: a paused primary was replaced for every connection after \(ContinuousClock.now - begun)")
        fleet.servers[0].resume()
        fleet.sentinels[2].resume()
        try await eventually("nothing is left on the old primary", within: .seconds(10)) {
            try await world.connections(to: fleet.servers[0]) == []
        }
        try await world.shutDown()
    }

    @Test("Sentinels that are away do no harm, and are found when one comes back")
    func sentinelsAway() async throws {
        let fleet = try await SentinelFleet(replicas: 1, sentinels: 2)
        let world = try await FailoverWorld(fleet)
        for sentinel in fleet.sentinels { sentinel.pause() }
        let later = RedisClient(topology: world.topology, name: "test-later", logger: quietLogger, timeouts: .short)
        try await later.start().get()
        #expect(try await later.send("PING") == .simple("PONG"))
        try await world.client.shutdown().get()
        let stranger = try await FailoverWorld.unconnected(fleet)
        let error = await #expect(throws: RedisError.self) { try await stranger.start().get() }
        #expect(error?.description.contains("Sentinel") == true)
        for sentinel in fleet.sentinels { sentinel.resume() }
        try await eventually("the stranger finds the primary", within: .seconds(10)) {
            (try? await stranger.send("PING")) == .simple("PONG")
        }
        for client in [later, stranger] { try await client.shutdown().get() }
        try await world.shutDown()
    }
}

extension FailoverWorld {
    /// A client with Sentinels of its own to ask.
    fileprivate static func unconnected(_ fleet: SentinelFleet) async throws -> RedisClient {
        let target = RedisTarget(
            url: try RedisURL("redis://unused"),
            sentinels: try SentinelGroup(addresses: fleet.addresses, master: SentinelFleet.master))
        return RedisClient(target: target, name: "test-stranger", logger: quietLogger, timeouts: .short)
    }
}
