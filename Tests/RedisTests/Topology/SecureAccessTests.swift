import FleetModel
import TestSupport
import Testing

@testable import Redis

@Suite("Access to Redis, on real servers")
struct SecureAccessTests {
    @Test("TLS with a known authority works, for an address and for a name")
    func tls() async throws {
        let server = try await RedisServer.started(password: "p", certificates: try await TestCertificates())
        for host in ["127.0.0.1", "localhost"] {
            let client = try client(to: server, host: host)
            try await client.start().get()
            #expect(try await client.send("ECHO", "secret").text == "secret")
            try await client.shutdown().get()
        }
    }

    @Test("a certificate of an unknown authority is refused, and the reason named")
    func unknownAuthority() async throws {
        let server = try await RedisServer.started(certificates: try await TestCertificates())
        let others = try await TestCertificates()
        try await expectRefusal(of: server, authority: others.authority, words: "known authority")
    }

    @Test("a certificate for another host is refused, and the reason named")
    func otherHost() async throws {
        let server = try await RedisServer.started(
            certificates: try await TestCertificates(names: "IP:10.9.8.7,DNS:other.test"))
        for host in ["127.0.0.1", "localhost"] {
            try await expectRefusal(of: server, host: host, words: "not for this host")
        }
    }

    @Test("a server that speaks no TLS, and authorities that cannot be read, are told as such")
    func noTLS() async throws {
        let plain = try await RedisServer.started()
        let certificates = try await TestCertificates()
        try await expectRefusal(of: plain, authority: certificates.authority, words: "does it speak TLS?")
        let target = RedisTarget(url: try RedisURL("rediss://h"), certificateAuthority: "/nowhere.pem")
        let topology = RedisTopology(target, name: "test", logger: quietLogger)
        let error = #expect(throws: TLSFailure.self) { try topology.validate() }
        #expect(error?.description.contains("/nowhere.pem") == true)
    }

    @Test("an ACL user that may do what gadgate does can do it, and no more")
    func accessList() async throws {
        let server = try await RedisServer.started()
        let rules = ["~gad:*", "&gad:*", "&ws_broadcast", "+@all", "-@dangerous", "+role"]
        try await server.cli(["ACL", "SETUSER", "gad", "on", ">s3cret"] + rules)
        let url = RedisURL(host: "127.0.0.1", port: server.port, user: "gad", password: "s3cret")
        let client = RedisClient(url: url, name: "test", logger: quietLogger)
        try await client.start().get()
        let world = try await StreamWorld(server, url)
        #expect(try await world.publish("{}", "m1").place == world.place())
        let worker = WorkerID(node: "gw", index: 1)
        let entry = ConnectionRegistry.Entry(connection: "c", user: "u")
        try await ConnectionRegistry(client: client, lifetime: .seconds(90)).enter(
            [entry], of: worker, at: UnixTime(seconds: 1))
        #expect(
            try await ConnectionRegistry(client: client, lifetime: .seconds(90)).sweep(worker, at: UnixTime(seconds: 1))
                == 1)
        try await world.shutDown()
        let error = await #expect(throws: RedisError.self) { try await client.send("SET", "other", "1") }
        #expect(error?.description.contains("NOPERM") == true)
        try await client.shutdown().get()
    }

    @Test("a link that wants a primary leaves a server that is demoted, by its role or by its refusal to write")
    func demotion() async throws {
        for writes in [false, true] {
            let server = try await RedisServer.started()
            let probe = LinkProbe(server, mustBePrimary: true)
            try await eventually("the link is up") { probe.heard.contains("up") }
            try await server.cli(["REPLICAOF", "127.0.0.1", "1"])
            if writes { probe.send(RESPCommand("SET", "a", "b")) }
            try await eventually("the server is left") { probe.heard.contains { $0.contains("not the primary") } }
            try await server.cli(["REPLICAOF", "NO", "ONE"])
            try await eventually("it is taken again as a primary") { probe.heard.last == "up" }
            try await probe.stop()
        }
    }

    @Test("Sentinels and servers are reached over TLS")
    func sentinelsOverTLS() async throws {
        let certificates = try await TestCertificates()
        let fleet = try await SentinelFleet(replicas: 1, sentinels: 1, certificates: certificates)
        let world = try await FailoverWorld(fleet, url: "rediss://unused")
        try await fleet.failOver()
        try await world.awaitConnection(to: try await fleet.awaitPrimary(otherThan: fleet.servers[0]))
        try await world.shutDown()
    }

    private func client(
        to server: RedisServer, host: String = "127.0.0.1", authority: String? = nil
    ) throws -> RedisClient {
        let url = RedisURL(host: host, port: server.port, password: server.password, usesTLS: true)
        let target = RedisTarget(url: url, certificateAuthority: authority ?? server.certificates?.authority)
        return RedisClient(target: target, name: "test", logger: quietLogger)
    }

    private func expectRefusal(
        of server: RedisServer, host: String = "127.0.0.1", authority: String? = nil, words: String
    ) async throws {
        let client = try client(to: server, host: host, authority: authority)
        let error = await #expect(throws: RedisError.self) { try await client.start().get() }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        try await client.shutdown().get()
    }
}
