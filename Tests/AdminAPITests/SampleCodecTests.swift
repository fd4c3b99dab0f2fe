import AdminAPI
import FleetModel
import Testing

@Suite("The compact form of a sample")
struct SampleCodecTests {
    @Test("gives back every field")
    func roundTrip() throws {
        let sample = try Self.full()
        var reader = SampleFrameReader()
        #expect(try reader.samples(in: SampleCodec.frame(sample)) == [sample])
    }

    @Test("carries what the JSON form carries")
    func sameAsJSON() throws {
        let sample = try Self.full()
        #expect(try AdminJSON.decode(WorkerSample.self, from: AdminJSON.encode(sample)) == sample)
    }

    @Test("is cut anywhere by the network and still read whole")
    func chunks() throws {
        let sample = try Self.full()
        let stream = SampleCodec.frame(sample) + SampleCodec.frame(sample)
        for cut in stride(from: 0, through: stream.count, by: 7) {
            var reader = SampleFrameReader()
            var seen = try reader.samples(in: stream[..<cut])
            seen += try reader.samples(in: stream[cut...])
            #expect(seen == [sample, sample])
        }
    }

    @Test("is refused when it is of another version, too long, or cut short")
    func refusals() throws {
        func feed(_ bytes: [UInt8]) throws {
            var reader = SampleFrameReader()
            _ = try reader.samples(in: bytes)
        }
        #expect(throws: SampleCodec.Failure.unknownVersion(9)) { try feed([1, 9]) }
        #expect(throws: SampleCodec.Failure.tooLong) { try feed([0xff, 0xff, 0xff, 0xff, 0xff]) }
        #expect(throws: SampleCodec.Failure.truncated) { try feed([3, SampleCodec.version, 0x20, 0x41]) }
    }

    @Test("is read from workers of the version before, which do not tell classes apart")
    func olderVersion() throws {
        var sample = try Self.full()
        sample.latencyByClass = nil
        // The last byte is the empty place of what the older version does not have.
        var frame = SampleCodec.frame(sample)
        let start = try #require(frame.firstIndex(of: SampleCodec.version))
        frame[start] = 3
        #expect(try frame[start..<frame.count - 1].withUnsafeBytes { try SampleCodec.decode($0) } == sample)
    }

    @Test("gives the class that is not sent as what remains of the whole")
    func remainder() throws {
        let sample = try Self.full()
        let rest = sample.latencyByClass?.histogram(of: .bestEffort, whole: sample.latency)
        #expect(rest?.count == sample.latency.count - 3)
    }

    @Test("never crashes on a damaged frame")
    func damage() throws {
        let frame = SampleCodec.frame(try Self.full())
        var refused = 0
        for position in 2..<frame.count {
            var damaged = frame
            damaged[position] ^= 0xff
            do {
                _ = try damaged[2...].withUnsafeBytes { try SampleCodec.decode($0) }
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test(
        "is refused in either form with figures that no worker can have",
        arguments: [
            { $0.time.microseconds = -1 }, { $0.startedAt.microseconds = 1 << 54 }, { $0.connections = .max },
            { $0.connections = -1 }, { $0.plannedClosesTotal = .max },
            { $0.closes = [1_000, 1_001].map { CloseCount(code: $0, count: 1 << 47 + 1) } },
            { $0.latency.record(microseconds: 1, times: .max / 2) }, { $0.queueBytes = ByteCount(.max) },
            { $0.drain?.ratePerSecond = 1e99 }, { $0.drain?.remaining = .min }, { $0.dropped.critical = .max },
        ] as [@Sendable (inout WorkerSample) -> Void])
    func extremes(_ spoil: @Sendable (inout WorkerSample) -> Void) throws {
        var sample = try Self.full()
        spoil(&sample)
        let (frame, json) = (SampleCodec.frame(sample), try AdminJSON.encode(sample))
        #expect(throws: (any Error).self) {
            var reader = SampleFrameReader()
            _ = try reader.samples(in: frame)
        }
        #expect(throws: (any Error).self) { try AdminJSON.decode(WorkerSample.self, from: json) }
    }

    @Test("is refused with a time that cannot be reckoned with")
    func extremeTimes() throws {
        for time in [Int64.min, .max] {
            var sample = try Self.full()
            sample.time.microseconds = time
            var reader = SampleFrameReader()
            #expect(throws: SampleCodec.Failure.outOfRange) { try reader.samples(in: SampleCodec.frame(sample)) }
        }
    }

    @Test("of the greatest figures that are taken can be added up over a large fleet")
    func greatest() throws {
        var fleet = Fleet()
        for worker in 0..<2_000 {
            var sample = try Self.full()
            sample.worker = WorkerID("gw-w\(worker)")
            sample.connections = 1 << 48
            sample.dropped = ByClass(repeating: 1 << 48)
            (sample.sendErrorsTotal, sample.authFailuresTotal) = (1 << 48, 1 << 48)
            (sample.protocolErrorsTotal, sample.heartbeatTimeoutsTotal) = (1 << 48, 1 << 48)
            var earlier = sample
            earlier.time = UnixTime(microseconds: 0)
            sample.closes = [CloseCount(code: 1006, count: 1 << 48)]
            sample.latency = LatencyHistogram()
            sample.latency.record(microseconds: 7, times: 1 << 48)
            earlier.latency = LatencyHistogram()
            earlier.closes = []
            for told in [earlier, sample] {
                var reader = SampleFrameReader()
                for taken in try reader.samples(in: SampleCodec.frame(told)) { fleet.observe(taken, at: sample.time) }
            }
        }
        #expect(fleet.totals.connections == 2_000 << 48)
        #expect(fleet.totals.latency.quantile(0.99) == .microseconds(7))
    }

    static func full() throws -> WorkerSample {
        let time = UnixTime(microseconds: 1_795_457_902_197_003)
        var sample = WorkerSample(
            worker: WorkerID("gw-w3"), node: "gw", version: "0.1.0", pid: 4711, time: time,
            startedAt: time.advanced(by: .seconds(-90)))
        sample.state = .draining
        sample.connections = 5_012
        sample.rooms = 12
        sample.breakers = [
            BreakerReport(
                name: .stream, state: .open, since: time, reason: "no answer", failuresTotal: 9, refusedTotal: 4,
                override: BreakerOverride(state: .open, by: "mperez", reason: "repair", until: time))
        ]
        sample.degradation = DegradationReport(level: .sheddingBestEffort, since: time, reason: "loop lag")
        sample.storm = StormReport(since: time, connectsPerSecond: 900, baselinePerSecond: 2.5)
        sample.queueMessages = ByClass(critical: 1, important: 2, bestEffort: 3)
        sample.redisRoundTrip = .microseconds(310)
        sample.echoAge = .milliseconds(200)
        sample.redisPrimary = "127.0.0.1:6379"
        sample.drops = [DropCount(criticality: .important, reason: .workerFull, count: 7)]
        sample.acksTotal = 11
        sample.resumesRecoveredTotal = 12
        sample.resumesFailedTotal = 13
        sample.replayedTotal = 14
        sample.repairedTotal = 15
        sample.topRooms = [
            RoomCount(room: try #require(RoomName("gov:alerts")), criticality: .critical, connections: 900)
        ]
        sample.roles = [RoleCount(role: "ADMIN", connections: 3)]
        sample.loopLag = .microseconds(1_250)
        sample.queueBytes = ByteCount(77_000)
        sample.openFDs = 5_040
        sample.maxFDs = 20_000
        sample.memory = .mebibytes(51)
        sample.redisBreaker = .halfOpen
        sample.degraded = "redis away"
        sample.cpu = .milliseconds(81_250)
        sample.connectionsTotal = 9_000
        sample.reconnectsTotal = 1
        sample.closes = [CloseCount(code: 1006, count: 2), CloseCount(code: 3012, count: 300)]
        sample.plannedClosesTotal = 4
        sample.refusedTotal = 5
        sample.authFailuresTotal = 6
        sample.protocolErrorsTotal = 7
        sample.heartbeatTimeoutsTotal = 8
        sample.sendErrorsTotal = 9
        sample.duplicatesSuppressedTotal = 10
        sample.messagesIn = ByClass(critical: 11, important: 12, bestEffort: 13)
        sample.messagesOut = ByClass(critical: 14, important: 15, bestEffort: 16)
        sample.broadcasts = ByClass(critical: 17, important: 18, bestEffort: 19)
        sample.dropped = ByClass(critical: 0, important: 1, bestEffort: 2)
        for value: UInt64 in [3, 900, 12_345, 4_000_000] { sample.latency.record(microseconds: value, times: 3) }
        sample.latencyByClass = LatencyByClass()
        sample.latencyByClass?.critical.record(microseconds: 900)
        sample.latencyByClass?.important.record(microseconds: 12_345, times: 2)
        sample.drain = DrainStatus(
            phase: .closing, cause: .operator, requestedBy: "mperez", reason: "kernel update", startedAt: time,
            deadline: time.advanced(by: .seconds(60)), ratePerSecond: 83.25, initialConnections: 5_100,
            remaining: 5_012,
            closed: 40, estimatedEnd: time.advanced(by: .seconds(59)))
        sample.shed = ShedStatus(
            phase: .shedding, operation: "01J", requestedBy: "mperez", startedAt: time,
            leaseEndsAt: time.advanced(by: .seconds(5)), ratePerSecond: 16.5, rooms: "gov:*", refusesNew: true,
            count: 300, told: 120, leaving: 7, matching: 4_000)
        return sample
    }
}

extension SampleFrameReader {
    fileprivate mutating func samples(in bytes: some Sequence<UInt8>) throws -> [WorkerSample] {
        var samples: [WorkerSample] = []
        try Array(bytes).withUnsafeBytes { try feed($0) { samples.append($0.value) } }
        return samples
    }
}
