import AdminAPI
import FleetModel

@testable import Recording

extension UnixTime {
    /// Seconds after a moment of no importance.
    static func at(_ seconds: Double) -> UnixTime {
        UnixTime(microseconds: 1_795_457_902_197_003).advanced(by: .microseconds(Int64(seconds * 1e6)))
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

/// A fleet that works: every sample of a worker follows from the one before.
struct ExampleFleet {
    private(set) var samples: [WorkerSample]
    private var generator: SeededGenerator

    init(workers: Int, seed: UInt64 = 1) {
        generator = SeededGenerator(seed: seed)
        samples = (0..<workers).map { index in
            WorkerSample(
                worker: WorkerID(node: "gw\(index / 16)", index: index % 16), node: "gw\(index / 16)",
                version: "0.5.0", pid: Int32(4_000 + index), time: .at(0), startedAt: .at(-90 - Double(index)))
        }
        for index in samples.indices { samples[index] = warmedUp(samples[index]) }
    }

    /// The samples of the next second.
    mutating func second() -> [WorkerSample] {
        for index in samples.indices { samples[index] = worked(samples[index]) }
        return samples
    }

    /// The events of some seconds from `start` on.
    mutating func records(seconds: Int, from start: Double = 0) -> [Record] {
        (0..<seconds).flatMap { second in
            self.second().enumerated().map { index, sample in
                let time = start + Double(second) + Double(index) / Double(samples.count)
                return Record(time: .at(time), .sample(SharedSample(sample)))
            }
        }
    }

    private mutating func warmedUp(_ before: WorkerSample) -> WorkerSample {
        var sample = before
        sample.state = .active
        sample.rooms = 400
        sample.maxFDs = 65_536
        sample.redisPrimary = "10.0.0.5:6379"
        sample.topRooms = (0..<WorkerSample.maximumTopRooms).compactMap { index in
            RoomName("ops:region-\(index)").map {
                RoomCount(room: $0, criticality: .important, connections: 500 - index * 12)
            }
        }
        sample.roles = ["OPERATOR", "FIELD", "ADMIN"].map { RoleCount(role: $0, connections: 300) }
        sample.breakers = [BreakerName.publish, .stream].map {
            BreakerReport(name: $0, state: .closed, since: .at(-90), reason: nil, failuresTotal: 0, refusedTotal: 0)
        }
        sample.closes = [1_000, 1_001, 1_006, 4_001].map { CloseCount(code: $0, count: 10) }
        for _ in 0..<60 { sample = worked(sample) }
        return sample
    }

    /// A second later.
    private mutating func worked(_ before: WorkerSample) -> WorkerSample {
        var sample = before
        let messages = UInt64.random(in: 900...1_100, using: &generator)
        sample.time = sample.time.advanced(by: .microseconds(Int.random(in: 999_100...1_000_900, using: &generator)))
        sample.connections = 5_000 + .random(in: -20...20, using: &generator)
        sample.openFDs = sample.connections + 28
        sample.loopLag = .microseconds(Int.random(in: 50...2_000, using: &generator))
        sample.queueBytes = ByteCount(.random(in: 0...80_000, using: &generator))
        sample.memory = .mebibytes(60) + ByteCount(4_096 * .random(in: 0...300, using: &generator))
        sample.redisRoundTrip = .microseconds(Int.random(in: 150...600, using: &generator))
        sample.echoAge = .microseconds(Int.random(in: 0...1_000_000, using: &generator))
        sample.cpu += .microseconds(Int.random(in: 200_000...300_000, using: &generator))
        sample.connectionsTotal += .random(in: 0...9, using: &generator)
        sample.reconnectsTotal += .random(in: 0...2, using: &generator)
        sample.messagesIn.important += messages / 100
        sample.messagesIn.bestEffort += messages / 10
        sample.messagesOut.critical += messages / 50
        sample.messagesOut.important += messages * 10
        sample.messagesOut.bestEffort += messages * 20
        sample.broadcasts.important += messages / 200
        sample.acksTotal += messages / 60
        let room = Int.random(in: 0..<sample.topRooms.count, using: &generator)
        sample.topRooms[room].connections += .random(in: -3...3, using: &generator)
        let code = Int.random(in: 0..<sample.closes.count, using: &generator)
        sample.closes[code].count += .random(in: 0...3, using: &generator)
        for _ in 0..<40 {
            let micros = UInt64.random(in: 0...32, using: &generator) * UInt64.random(in: 0...64, using: &generator)
            sample.latency.record(microseconds: 100 + micros, times: messages / 2)
        }
        return sample
    }
}

/// Events of every kind with random contents, some of them hostile.
struct RandomRecords {
    private var generator: SeededGenerator
    private var fleet = ExampleFleet(workers: 3)
    private var time = 0.0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func next(_ count: Int) -> [Record] { (0..<count).map { _ in next() } }

    private mutating func next() -> Record {
        // Now and then the clock is set back.
        time += .random(in: -0.2...0.9, using: &generator)
        return Record(time: .at(time), content: content())
    }

    private mutating func content() -> Record.Content {
        let worker = WorkerID(text())
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return .event(.appeared(worker))
        case 1: return .event(.vanished(worker))
        case 2: return .event(.lost(worker, reason: text()))
        case 3: return .event(.lookup(failure: Bool.random(using: &generator) ? text() : nil))
        case 4: return .event(.control(report(of: worker)))
        case 5: return .answer(RecordedAnswer(worker: worker, kind: text(), json: Array(text().utf8)))
        default: return .event(.sample(SharedSample(fleet.second()[Int.random(in: 0..<3, using: &generator)])))
        }
    }

    private mutating func report(of worker: WorkerID) -> ControlReport {
        var report = ControlReport(worker: worker)
        if Bool.random(using: &generator) { report.operations = [] }
        if Bool.random(using: &generator) {
            report.safety = SafetyState(engaged: true, reason: text(), by: "ana", at: .at(1))
        }
        report.failure = AdminError(.denied, text())
        return report
    }

    private mutating func text() -> String {
        let texts = [
            "", "gw-w1", "gw-w2", "\u{1b}[2J", "\u{202e}", "\u{0}", "ñandú", String(repeating: "x", count: 300),
        ]
        return texts[Int.random(in: 0..<texts.count, using: &generator)]
    }
}
