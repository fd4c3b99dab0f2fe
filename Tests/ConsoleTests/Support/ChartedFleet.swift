import FleetModel

extension ScriptedConsole {
    /// Three workers of which one is restarted, one sees a storm and one is drained; classes are told apart.
    static func chartedFleet(columns: Int = 120, rows: Int = 40, unicode: Bool = true) -> ScriptedConsole {
        var workers = ["gw1-w0", "gw1-w1", "gw1-w2"].map { ScriptedWorker($0) }
        for index in workers.indices {
            workers[index].latency = .milliseconds(4 + index * 30)
            workers[index].closesPerSecond = 3 + index
            workers[index].plannedClosesPerSecond = index
        }
        let latencies = workers.map(\.latency)
        for index in workers.indices {
            workers[index].adjust = { sample, second in
                classify(&sample, latencies[index], second)
                shape(&sample, index, second)
            }
        }
        return ScriptedConsole(workers, columns: columns, rows: rows, unicode: unicode)
    }

    private static func classify(_ sample: inout WorkerSample, _ latency: Duration, _ second: Int) {
        let count = UInt64(max(0, second))
        var classes = LatencyByClass()
        classes.critical.record(latency, times: 10 * count)
        classes.important.record(latency, times: 20 * count)
        classes.important.record(latency * 7, times: 4 * count)
        sample.latencyByClass = classes
    }

    private static func shape(_ sample: inout WorkerSample, _ index: Int, _ second: Int) {
        sample.reconnectsTotal = UInt64(second) * UInt64(index)
        sample.closes.append(CloseCount(code: 3008, count: UInt64(second / 4)))
        sample.closes.append(CloseCount(code: 3001, count: UInt64(second / 9)))
        switch index {
        case 0 where second >= 20: sample.startedAt = ScriptedWorker.time(20)
        case 1 where second >= 30:
            sample.storm = StormReport(
                since: ScriptedWorker.time(30), connectsPerSecond: 900, baselinePerSecond: 12)
            sample.connectionsTotal += UInt64(second - 30) * 900
        case 2 where second >= 40: sample.drain = drain(second - 30, of: 3_750)
        default: break
        }
    }
}
