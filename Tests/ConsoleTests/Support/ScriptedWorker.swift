import FleetModel

/// A worker whose samples follow from the second they are taken in, so that every run shows the same.
struct ScriptedWorker {
    var id: WorkerID
    var node = "gw1"
    var connections = 3_750
    var outPerSecond = 18_000
    var inPerSecond = 300
    /// Median of the latencies recorded in a second.
    var latency: Duration = .milliseconds(4)
    var closesPerSecond = 0
    var plannedClosesPerSecond = 0
    var rooms: [(name: String, connections: Int)] = []
    /// The last word on a sample.
    var adjust: @Sendable (inout WorkerSample, Int) -> Void = { _, _ in }

    init(_ id: String) {
        self.id = WorkerID(id)
    }

    /// 2026-03-01T21:04:00Z.
    static let epoch = UnixTime(seconds: 1_772_399_040)

    func sample(at second: Int) -> WorkerSample {
        var sample = WorkerSample(
            worker: id, node: node, version: "0.1.0", pid: 4_711, time: Self.time(second),
            startedAt: Self.epoch.advanced(by: .seconds(-7_800)))
        fillGauges(&sample)
        fillCounters(&sample, second)
        adjust(&sample, second)
        return sample
    }

    static func time(_ second: Int) -> UnixTime { epoch.advanced(by: .seconds(second)) }

    private func fillGauges(_ sample: inout WorkerSample) {
        sample.state = .active
        sample.connections = connections
        sample.rooms = 312
        sample.topRooms = rooms.compactMap { room in
            RoomName(room.name).map {
                RoomCount(
                    room: $0, criticality: CriticalityRules.standard.criticality(of: $0), connections: room.connections)
            }
        }
        sample.loopLag = .microseconds(600)
        sample.queueBytes = .kibibytes(64)
        sample.openFDs = connections + 40
        sample.maxFDs = 20_000
        sample.memory = .mebibytes(51)
        sample.breakers = BreakerName.allCases.map {
            BreakerReport(
                name: $0, state: .closed, since: sample.startedAt, reason: nil, failuresTotal: 0, refusedTotal: 0)
        }
        sample.redisPrimary = "10.0.0.4:6379"
        sample.redisRoundTrip = .microseconds(300)
        sample.echoAge = .milliseconds(400)
    }

    private func fillCounters(_ sample: inout WorkerSample, _ second: Int) {
        let count = UInt64(max(0, second))
        sample.connectionsTotal = UInt64(connections) + count * UInt64(closesPerSecond)
        sample.closes = [CloseCount(code: 1001, count: count * UInt64(closesPerSecond))]
        sample.plannedClosesTotal = count * UInt64(plannedClosesPerSecond)
        sample.cpu = .milliseconds(180) * Int(count)
        sample.messagesIn.important = count * UInt64(inPerSecond)
        // A slow wave, so that the sparks have something to show.
        sample.messagesOut.bestEffort = (0..<count).reduce(0) { $0 + UInt64(outPerSecond) * (8 + $1 % 7) / 11 }
        sample.latency.record(latency, times: 90 * count)
        sample.latency.record(latency * 7, times: 8 * count)
        sample.latency.record(latency * 18, times: 2 * count)
    }
}

extension WorkerSample {
    /// Puts breakers into a state that they have been in since a second of the script.
    mutating func set(_ names: [BreakerName], _ state: BreakerState, since second: Int, because reason: String? = nil) {
        for index in breakers.indices where names.contains(breakers[index].name) {
            breakers[index].state = state
            breakers[index].since = ScriptedWorker.time(second)
            breakers[index].reason = reason
        }
    }

    mutating func degrade(to level: DegradationLevel, since second: Int, because reason: String) {
        degradation = DegradationReport(level: level, since: ScriptedWorker.time(second), reason: reason)
        degraded = reason
    }
}
