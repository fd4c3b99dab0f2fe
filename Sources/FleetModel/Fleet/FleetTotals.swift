/// Sums over the live workers of a fleet. Percentiles come from merged buckets, never from averaged percentiles.
package struct FleetTotals: Sendable, Equatable {
    package private(set) var workers = 0
    package private(set) var stale = 0
    package private(set) var draining = 0
    package private(set) var active = 0
    /// On the active workers.
    package private(set) var activeConnections = 0
    package private(set) var degraded = 0
    package private(set) var storms = 0
    package private(set) var breakers = 0
    package private(set) var breakersClosed = 0
    package private(set) var connections = 0
    /// On workers that are stale, when they were last heard: nobody knows whether they are still there.
    package private(set) var unheardConnections = 0
    package private(set) var dropped: UInt64 = 0
    package private(set) var errors: UInt64 = 0
    package private(set) var rates = WorkerRates()
    package private(set) var latency = LatencyHistogram()
    /// Within the last minute, planned ones included.
    package private(set) var recentCloses: UInt64 = 0
    package private(set) var churnPerMinute = 0.0
    package private(set) var plannedChurnPerMinute = 0.0

    init(_ records: some Sequence<WorkerRecord>, _ departures: Departures) {
        var (closes, planned) = (departures.closes, departures.plannedCloses)
        for record in records {
            workers += 1
            if record.isStale {
                stale += 1
                unheardConnections += record.heard?.value.connections ?? 0
            }
            guard !record.isStale, let heard = record.heard else { continue }
            add(heard.value)
            rates = rates + record.rates
            latency.merge(record.latency)
            closes += record.recentCloses.closes
            planned += record.recentCloses.plannedCloses
        }
        let base = Double(max(connections + Int(closes), 1))
        recentCloses = closes
        churnPerMinute = Double(closes) / base
        plannedChurnPerMinute = Double(planned) / base
    }

    private mutating func add(_ sample: WorkerSample) {
        if sample.state != .active && sample.state != .starting { draining += 1 }
        if sample.state == .active {
            active += 1
            activeConnections += sample.connections
        }
        if sample.degraded != nil || sample.degradation != nil { degraded += 1 }
        if sample.storm != nil { storms += 1 }
        breakers += sample.breakers.count
        breakersClosed += sample.breakers.count { $0.state == .closed }
        connections += sample.connections
        dropped += sample.dropped.total
        errors += sample.errorsTotal
    }
}
