import FleetModel
import Foundation
import Testing

@testable import LoadGenerator

struct RunTests {
    @Test("lines come whole, however the bytes are cut")
    func lines() {
        var splitter = LineSplitter()
        #expect(splitter.lines(adding: Array("ab".utf8)).isEmpty)
        #expect(splitter.lines(adding: Array("c\nd\ne".utf8)) == [Array("abc".utf8), Array("d".utf8)])
        #expect(splitter.lines(adding: Array("\n".utf8)) == [Array("e".utf8)])
    }

    @Test("a process's CPU time and memory are read past any name it gives itself")
    func usage() throws {
        let stat = "42 (evil) name ) S 1 42 42 0 -1 4194560 900 0 0 0 150 50 0 0 20 0 3 0 100 1000000 2000 18446744"
        let rollup = "5500 rollup\nRss:  9000 kB\nPss:  5000 kB\nAnonymous:  3000 kB\n"
        let usage = try #require(ServerUsage(stat: stat, rollup: rollup, ticksPerSecond: 100, pageSize: 4096))
        #expect(usage.cpuTime == .seconds(2))
        #expect(usage.resident == ByteCount(2000 * 4096))
        #expect(usage.proportional == .kibibytes(5000))
        #expect(usage.anonymous == .kibibytes(3000))
        #expect(ServerUsage(stat: "", rollup: nil, ticksPerSecond: 100, pageSize: 4096) == nil)
    }

    @Test("the usage of this process can be read, and a process that is not there has none")
    func ownUsage() throws {
        #expect(try #require(ServerUsage.read(pid: getpid())).resident > .mebibytes(1))
        #expect(ServerUsage.read(pid: .max) == nil)
    }

    @Test("the load of a process is that of its busiest thread, and waiting for a processor counts as being busy")
    func load() {
        var (before, after) = (ProcessorDemand(), ProcessorDemand())
        before.add("1", "100 50 3")
        after.add("1", "300 150 9")
        after.add("2", "200 0 1\n")
        #expect(after.share(since: before, over: 1_000) == 0.3)
        #expect(after.share(since: before, over: 100) == 1)
    }

    @Test("what a process told last stands, also when something older comes after it")
    func lateProgress() async throws {
        let ledger = RunLedger(processes: 1, classes: [])
        try await ledger.take(.progress(ClientProgress(subscribed: 3)), from: 0)
        try await ledger.take(.finished(ClientTally()), from: 0)
        try await ledger.take(.progress(ClientProgress(subscribed: 1)), from: 0)
        #expect(await ledger.total.subscribed == 3)
    }

    @Test("what a client process tells comes through its line of JSON unchanged")
    func reports() throws {
        var client = ClientReceipts(client: 3, rooms: [1, 4])
        client.subscribed(at: 10)
        for sequence in [0, 1, 5] as [UInt32] { client.receive(MessageStamp(room: 4, sequence: sequence, time: 0)) }
        client.closed(at: 20)
        let line = try JSONEncoder().encode(ProcessReport.receipts([client]))
        guard case .receipts(let told) = try JSONDecoder().decode(ProcessReport.self, from: line) else {
            Issue.record("not receipts")
            return
        }
        #expect(told == [client])
    }
}
