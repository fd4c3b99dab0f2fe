import Testing

@testable import Redis

@Suite("What Sentinels say")
struct SentinelWordsTests {
    @Test("announcements of our primary are read, and those of others are not")
    func announcements() {
        let switched = SentinelWords.announcement(
            channel: "+switch-master", message: "gad 127.0.0.1 6379 127.0.0.1 6380", master: "gad")
        #expect(switched == .switched(to: RedisAddress(host: "127.0.0.1", port: 6380)))
        let slave = "slave 127.0.0.1:6380 127.0.0.1 6380 @ gad 127.0.0.1 6379"
        #expect(SentinelWords.announcement(channel: "+promoted-slave", message: slave, master: "gad") == .step)
        let end = "master gad 127.0.0.1 6379"
        #expect(SentinelWords.announcement(channel: "+failover-end", message: end, master: "gad") == .step)
        for (channel, message) in [
            ("+switch-master", "other 127.0.0.1 6379 127.0.0.1 6380"), ("+switch-master", "gad 127.0.0.1"),
            ("+promoted-slave", "slave x x 6380 @ other 127.0.0.1 6379"), ("+sdown", end),
        ] {
            #expect(SentinelWords.announcement(channel: channel, message: message, master: "gad") == nil)
        }
    }

    @Test("the answers to questions are read")
    func answers() {
        let address = RESPValue.array([.bulk("10.0.0.1"), .bulk("6379")])
        #expect(SentinelWords.address(address) == RedisAddress(host: "10.0.0.1", port: 6379))
        #expect(SentinelWords.address(.null) == nil)
        let facts: [RESPValue] = [.bulk("name"), .bulk("gad"), .bulk("config-epoch"), .bulk("12")]
        #expect(SentinelWords.epoch(.array(facts)) == 12)
        #expect(SentinelWords.epoch(.array([.bulk("config-epoch")])) == nil)
        #expect(SentinelWords.epoch(.error("NOPERM")) == nil)
    }

    @Test("addresses and credentials of Sentinels are read, and the description shows none of the latter")
    func groups() throws {
        let group = try SentinelGroup(
            addresses: ["a", "b:7", "[::1]:8"], master: "gad", credentials: "bob:secret:x")
        #expect(group.addresses.map(\.description) == ["a:26379", "b:7", "[::1]:8"])
        #expect(group.user == "bob" && group.password == "secret:x")
        #expect(try SentinelGroup(addresses: ["a"], master: "gad", credentials: ":p").user == nil)
        let target = RedisTarget(url: try RedisURL("redis://:hidden@h"), sentinels: group)
        #expect(!"\(target)".contains("secret") && !"\(target)".contains("hidden"))
    }

    @Test(
        "groups of Sentinels that cannot be are refused",
        arguments: [([], "gad", nil), (["a"], "", nil), (["a:x"], "gad", nil), (["a"], "gad", "secret")])
    func refusals(_ addresses: [String], _ master: String, _ credentials: String?) {
        let error = #expect(throws: RedisURLError.self) {
            try SentinelGroup(addresses: addresses, master: master, credentials: credentials)
        }
        #expect(error?.description.contains("secret") == false)
    }
}
