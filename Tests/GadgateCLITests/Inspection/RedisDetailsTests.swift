import AdminAPI
import FleetModel
import Testing

@testable import GadgateCLI
@testable import Redis

@Suite("What is told of the inside of Redis")
struct RedisDetailsTests {
    private func details(_ change: (inout ServerFacts) -> Void = { _ in }) -> RedisDetails {
        var facts = ServerFacts(.redis(.refused("NOPERM")))
        facts.info = .success([
            "connected_clients": "7", "blocked_clients": "1", "maxclients": "10000", "pubsub_channels": "2",
            "used_memory": "2048", "maxmemory": "0", "mem_fragmentation_ratio": "1.25",
            "maxmemory_policy": "noeviction",
            "instantaneous_input_kbps": "1.5", "rdb_last_save_time": "1700000000", "rdb_last_bgsave_status": "err",
            "aof_enabled": "0",
        ])
        change(&facts)
        return RedisDetails(facts, worker: WorkerID("gw-w0"), at: UnixTime(microseconds: 0), primary: "h:1")
    }

    @Test("what cannot be had says why, and the rest is told")
    func gaps() {
        let details = details()
        #expect(details.gaps.map(\.part) == [.clients, .pubsub, .slowlog, .streams])
        #expect(details.gaps.allSatisfy { $0.reason.contains("NOPERM") })
        #expect(details.slowlog == nil && details.streams == nil)
        #expect(details.clients == RedisClients(connected: 7, blocked: 1, maximum: 10_000, largest: []))
        #expect(details.memory?.maximum == nil && details.memory?.fragmentation == 1.25)
        #expect(details.traffic?.inPerSecond == ByteCount(1_536))
        #expect(details.persistence?.snapshot.lastSucceeded == false && details.persistence?.log.size == nil)
        #expect(details.persistence?.log.lastWriteSucceeded == true)
    }

    @Test("without INFO there is one reason for all")
    func nothing() {
        let details = details { $0.info = .failure(.redis(.shutDown)) }
        #expect(details.gaps.map(\.part) == [.info] && details.memory == nil && details.clients == nil)
    }

    @Test("clients with the most that waits are told, and none for whom nothing does")
    func clients() {
        let details = details { facts in
            facts.clients = .success(
                (0..<20).map { RedisFields.words("id=\($0) addr=a:\($0) name=n omem=\($0) obl=0 sub=1 psub=2 cmd=get") }
            )
        }
        #expect(details.clients?.largest.map(\.id) == [19, 18, 17, 16, 15, 14, 13, 12])
        #expect(details.clients?.largest.first?.subscriptions == 3)
    }

    @Test("channels with the most subscribers are told; of too many it is said that they are not all")
    func channels() {
        let details = details { facts in
            facts.channels = .success(Dictionary(uniqueKeysWithValues: (0..<50).map { ("c\($0)", $0) }))
            facts.info = facts.info.map { $0.merging(["pubsub_channels": "5000"]) { $1 } }
        }
        #expect(details.pubsub?.top.count == RedisPubSub.maximumListed)
        #expect(details.pubsub?.top.first == RedisChannel(name: "c49", subscribers: 49))
        #expect(details.gaps.contains { $0.part == .pubsub && $0.reason.contains("5000 channels") })
    }

    @Test("a slow command is cut to what there is room for, at a whole character")
    func slowlog() throws {
        let reply = RESPValue.array([
            .integer(1), .integer(1_700_000_000), .integer(20_000),
            .array([.bulk("SET"), .bulk(String(repeating: "é", count: 200))]), .bulk("a:1"), .bulk("n"),
        ])
        let entry = try #require(SlowEntry(reply))
        let command = try #require(details { $0.slowlog = .success([entry]) }.slowlog?.first)
        #expect(command.text.utf8.count <= RedisSlowCommand.maximumTextBytes && command.text.hasSuffix("é…"))
        #expect(command.duration == .milliseconds(20) && command.client == "a:1")
    }
}
