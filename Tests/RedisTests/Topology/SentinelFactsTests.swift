import Testing

@testable import Redis

@Suite("What Sentinels say when they are asked everything")
struct SentinelFactsTests {
    let address = RedisAddress(host: "h", port: 1)

    @Test("the primary, its replicas, the quorum and TILT are read")
    func whole() {
        let facts = SentinelFacts(
            SentinelAnswers(
                sentinel: address,
                replies: [
                    .success(.array([.bulk("name"), .bulk("gad"), .bulk("quorum"), .bulk("2")])),
                    .success(.array([.array([.bulk("ip"), .bulk("10.0.0.5"), .bulk("flags"), .bulk("slave")])])),
                    .failure(.refused("NOQUORUM 1 usable Sentinels")),
                    .success(.bulk("# Sentinel\r\nsentinel_masters:1\r\nsentinel_tilt:1\r\n")),
                ]))
        #expect(facts.failure == nil)
        #expect(facts.master["quorum"] == "2")
        #expect(facts.replicas == [["ip": "10.0.0.5", "flags": "slave"]])
        #expect(!facts.hasQuorum && facts.quorumWords == "NOQUORUM 1 usable Sentinels")
        #expect(facts.tilt)
    }

    @Test("one that does not answer says why")
    func silent() {
        let failure: Result<RESPValue, RedisError> = .failure(.notConnected("refused"))
        let facts = SentinelFacts(SentinelAnswers(sentinel: address, replies: [failure, failure, failure, failure]))
        #expect(facts.failure?.contains("refused") == true)
        #expect(SentinelFacts(SentinelAnswers(sentinel: address, replies: [])).failure != nil)
    }

    @Test("lists inside a value are taken apart")
    func lists() {
        #expect(
            RedisFields.list("ip=10.0.0.5,port=6379,state=online,offset=12,lag=0")
                == ["ip": "10.0.0.5", "port": "6379", "state": "online", "offset": "12", "lag": "0"])
        #expect(
            RedisFields.info("# Server\nredis_version:7.0.15\n\nslave0:ip=a,port=1") == [
                "redis_version": "7.0.15", "slave0": "ip=a,port=1",
            ])
    }

    @Test("announcements of our primary are kept, those of others are not")
    func concerns() {
        let concern = { SentinelWords.concerns("gad", channel: $0, message: $1) }
        #expect(concern("+odown", "master gad 10.0.0.4 6379 #quorum 2/2"))
        #expect(concern("+promoted-slave", "slave 10.0.0.5:6379 10.0.0.5 6379 @ gad 10.0.0.4 6379"))
        #expect(concern("+switch-master", "gad 10.0.0.4 6379 10.0.0.5 6379"))
        #expect(concern("+tilt", "#tilt mode entered"))
        #expect(!concern("+odown", "master other 10.0.0.4 6379"))
        #expect(!concern("+switch-master", "other 10.0.0.4 6379 10.0.0.5 6379"))
    }
}
