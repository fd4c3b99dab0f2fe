import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("The stream of samples")
struct SampleStreamTests {
    @Test("comes at multiples of the interval, whenever the one before was taken")
    func alignment() {
        func next(_ due: Int64, _ now: Int64) -> Int64 {
            SampleStream.next(
                after: UnixTime(microseconds: due), now: UnixTime(microseconds: now), interval: .milliseconds(500)
            ).microseconds
        }
        #expect(next(1_200_000, 1_210_000) == 1_500_000)
        #expect(next(1_500_000, 1_510_000) == 2_000_000)
        // Woken a little early: the moment that was due is not due again.
        #expect(next(1_500_000, 1_499_990) == 2_000_000)
        // A reader that did not keep up misses what it was too late for.
        #expect(next(1_500_000, 4_700_000) == 5_000_000)
    }

    @Test("gives JSON lines, one in each interval")
    func jsonLines() async throws {
        try await AdminWorld.run { world in
            let bytes = try await world.client.stream("/v1/stream?interval_ms=100", accept: "*/*") {
                Self.samples(in: $0).count >= 3
            }
            let intervals = Self.samples(in: bytes).map { $0.time.microseconds / 100_000 }
            #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test("gives compact frames to those who accept them")
    func compact() async throws {
        try await AdminWorld.run { world in
            let bytes = try await world.client.stream(
                "/v1/stream?interval_ms=100", accept: SampleFormat.compact.rawValue
            ) { $0.count > 400 }
            let head = String(decoding: bytes.prefix(300), as: UTF8.self).lowercased()
            #expect(head.contains("content-type: application/vnd.gad.samples"))
        }
    }

    @Test("is made once for all who read it")
    func shared() async throws {
        try await AdminWorld.run { world in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        let bytes = try await world.client.stream("/v1/stream?interval_ms=200", accept: "*/*") {
                            Self.samples(in: $0).count >= 4
                        }
                        return Self.samples(in: bytes).count
                    }
                }
                for try await count in group { #expect(count >= 4) }
            }
            // Ten first samples at most, and one an interval for the rest.
            #expect(world.snapshotsTaken.withLock { $0 } <= 10 + 5)
        }
    }

    /// The whole samples in a chunked answer.
    static func samples(in bytes: [UInt8]) -> [WorkerSample] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            try? AdminJSON.decode(WorkerSample.self, from: Array(line))
        }
    }
}
