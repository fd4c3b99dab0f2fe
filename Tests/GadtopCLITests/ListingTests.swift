import AdminAPI
import AdminClient
import FleetModel
import Testing

@testable import GadtopCLI

@Suite("Listings")
struct ListingTests {
    /// Two workers that were sampled twice, and one that never answered and has an evil name.
    private var fleet: Fleet {
        var fleet = Fleet()
        for (name, connections) in [("gw1-w0", 20_000), ("gw1-w1", 184)] {
            var sample = WorkerSample.named(name, connections: connections)
            if connections == 184 { Self.trouble(&sample) }
            fleet.observe(sample, at: sample.time)
            sample.time = sample.time.advanced(by: .seconds(1))
            sample.messagesIn.bestEffort = 3
            sample.messagesOut.critical = 18_123
            sample.latency.record(.milliseconds(3), times: 98)
            sample.latency.record(.milliseconds(40), times: 2)
            fleet.observe(sample, at: sample.time)
        }
        let evil = WorkerID("gw1-\u{1b}[31mw9")
        fleet.add(evil)
        fleet.lose(evil, because: "connection refused: worker is not running")
        return fleet
    }

    private static func trouble(_ sample: inout WorkerSample) {
        let since = sample.time.advanced(by: .seconds(-8))
        sample.breakers[2] = BreakerReport(
            name: .stream, state: .open, since: since, reason: "no answer within 500 ms", failuresTotal: 5,
            refusedTotal: 1_204)
        sample.redisBreaker = .open
        sample.degradation = DegradationReport(
            level: .sheddingBestEffort, since: since, reason: "the stream breaker is open")
        sample.storm = StormReport(since: since, connectsPerSecond: 1_200, baselinePerSecond: 40)
        sample.drops = [DropCount(criticality: .bestEffort, reason: .degraded, count: 12)]
        sample.dropped.bestEffort = 12
    }

    private var rooms: RoomListing {
        let (first, second, lost) = (WorkerID("gw1-w0"), WorkerID("gw1-w1"), WorkerID("gw1-w2"))
        let failure = AdminFailure(AdminEndpoint(worker: lost, socketPath: "/run/gw1-w2.sock"), .timedOut)
        return RoomListing([
            (first, .success(info("citizen:news", 10) + info("gov:alerts", 300))),
            (second, .success(info("gov:alerts", 100) + info("ops:north", 10))),
            (lost, .failure(failure)),
        ])
    }

    /// - Returns: one room, or none when the name is no room's.
    private func info(_ name: String, _ connections: Int) -> [RoomInfo] {
        RoomName(name).map {
            [RoomInfo(room: $0, criticality: CriticalityRules.standard.criticality(of: $0), connections: connections)]
        } ?? []
    }

    @Test(
        "workers are printed with the sums of all live rows, and a stale one is kept",
        arguments: [OutputFormat.table, .wide, .json, .csv])
    func workers(format: OutputFormat) throws {
        try expectSnapshot(WorkerListing(fleet).text(as: format), "workers.\(format.rawValue).txt")
    }

    @Test(
        "breakers are printed with the reason of each, and a worker that does not answer has none",
        arguments: [OutputFormat.table, .wide, .json, .csv])
    func breakers(format: OutputFormat) throws {
        try expectSnapshot(BreakerListing(fleet).text(as: format), "breakers.\(format.rawValue).txt")
    }

    @Test(
        "rooms are merged over the workers that answer, largest first",
        arguments: [OutputFormat.table, .wide, .json, .csv])
    func rooms(format: OutputFormat) throws {
        #expect(rooms.failures.count == 1)
        try expectSnapshot(rooms.text(as: format, limit: 2), "rooms.\(format.rawValue).txt")
    }

    @Test("a worker in JSON has every key of the contract, null where nothing is known")
    func contractKeys() {
        let contract = """
            id node state connections rooms messages_in_total messages_out_total send_errors_total dropped_total \
            latency_p50_seconds latency_p95_seconds latency_p99_seconds churn_per_minute loop_lag_seconds queue_bytes \
            open_fds max_fds memory_bytes redis_breaker uptime_seconds stale
            """.split(separator: " ").map(String.init)
        let unknown = OutputRecord(WorkerRecord(id: WorkerID("gw1-w0")), in: Fleet())
        #expect(Array(unknown.fields.map(\.name).prefix(contract.count)) == contract)
        #expect(unknown.json.hasPrefix(#"{"id":"gw1-w0","node":null,"#))
        #expect(unknown.json.contains(#""stale":true"#))
    }

    @Test("text from outside can neither break out of JSON or CSV nor reach a terminal")
    func hostileText() {
        let record = OutputRecord(fields: [("a", .text("say \"hi\", \\ \u{1b}[2J\u{202e}\n")), ("b", .number(-0.0625))])
        #expect(record.json == #"{"a":"say \"hi\", \\ \#u{FFFD}[2J\#u{FFFD}\#u{FFFD}","b":-0.0625}"#)
        #expect(
            OutputRecord.csv([record], columns: ["a", "b"])
                == "a,b\n\"say \"\"hi\"\", \\ \u{FFFD}[2J\u{FFFD}\u{FFFD}\",-0.0625")
    }
}
