import FleetModel

extension WorkerSample {
    /// Passes every field through `coder` in the order of the compact form. A new field goes to the end, raises
    /// `SampleCodec.version`, and is left out of older versions.
    mutating func transcode<Coder: FieldCoder>(
        _ coder: inout Coder, version: UInt8 = SampleCodec.version
    ) throws {
        try transcodeIdentity(&coder)
        try transcodeGauges(&coder)
        try transcodeCounters(&coder)
        try latency.transcode(&coder)
        try coder.code(&drain, empty: .placeholder) { try $1.transcode(&$0) }
        try coder.code(&shed, empty: .placeholder) { try $1.transcode(&$0) }
        guard version >= 4 else { return }
        try coder.code(&latencyByClass, empty: LatencyByClass()) { coder, latencies in
            try latencies.critical.transcode(&coder)
            try latencies.important.transcode(&coder)
        }
    }

    private mutating func transcodeIdentity<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(&worker)
        try coder.code(&node)
        try coder.code(&version)
        try coder.code(&pid)
        try coder.code(&time)
        try coder.code(&startedAt)
        try coder.code(choice: &state)
    }

    private mutating func transcodeGauges<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(&connections)
        try coder.code(&rooms)
        try coder.code(&topRooms, empty: .placeholder) { coder, count in
            var name = count.room.rawValue
            try coder.code(&name)
            try coder.code(choice: &count.criticality)
            try coder.code(&count.connections)
            guard let room = RoomName(name) else { throw SampleCodec.Failure.invalidField("room") }
            count.room = room
        }
        try coder.code(&roles, empty: RoleCount(role: "", connections: 0)) { coder, count in
            try coder.code(&count.role)
            try coder.code(&count.connections)
        }
        try coder.code(&loopLag)
        try coder.code(&queueBytes)
        try coder.code(&openFDs)
        try coder.code(&maxFDs)
        try coder.code(&memory)
        try coder.code(choice: &redisBreaker)
        try coder.code(&degraded, empty: "") { try $0.code(&$1) }
        try transcodeResilience(&coder)
    }

    private mutating func transcodeResilience<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(&breakers, empty: .placeholder) { try $1.transcode(&$0) }
        try coder.code(&degradation, empty: .placeholder) { coder, report in
            try coder.code(choice: &report.level)
            try coder.code(&report.since)
            try coder.code(&report.reason)
        }
        try coder.code(&storm, empty: .placeholder) { coder, report in
            try coder.code(&report.since)
            try coder.code(&report.connectsPerSecond)
            try coder.code(&report.baselinePerSecond)
        }
        try coder.code(&queueMessages)
        try coder.code(&redisRoundTrip)
        try coder.code(&echoAge)
        try coder.code(&redisPrimary)
    }

    private mutating func transcodeCounters<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(&cpu)
        try coder.code(&connectionsTotal)
        try coder.code(&reconnectsTotal)
        try coder.code(&closes, empty: CloseCount(code: 0, count: 0)) { coder, close in
            try coder.code(&close.code)
            try coder.code(&close.count)
        }
        try coder.code(&plannedClosesTotal)
        try coder.code(&refusedTotal)
        try coder.code(&authFailuresTotal)
        try coder.code(&protocolErrorsTotal)
        try coder.code(&heartbeatTimeoutsTotal)
        try coder.code(&sendErrorsTotal)
        try coder.code(&duplicatesSuppressedTotal)
        try coder.code(&messagesIn)
        try coder.code(&messagesOut)
        try coder.code(&broadcasts)
        try coder.code(&dropped)
        try coder.code(&drops, empty: DropCount(criticality: .critical, reason: .queueFull, count: 0)) { coder, drop in
            try coder.code(choice: &drop.criticality)
            try coder.code(choice: &drop.reason)
            try coder.code(&drop.count)
        }
        try coder.code(&acksTotal)
        try coder.code(&resumesRecoveredTotal)
        try coder.code(&resumesFailedTotal)
        try coder.code(&replayedTotal)
        try coder.code(&repairedTotal)
    }
}

extension LatencyHistogram {
    fileprivate mutating func transcode<Coder: FieldCoder>(_ coder: inout Coder) throws {
        var buckets = counts.enumerated().compactMap { $0.element > 0 ? (index: $0.offset, count: $0.element) : nil }
        var sum = sumMicroseconds
        // Sums wrap around wherever they are made.
        try coder.code(word: &sum)
        try coder.code(&buckets, empty: (index: 0, count: 0)) { coder, bucket in
            try coder.code(&bucket.index)
            try coder.code(&bucket.count)
        }
        guard let histogram = LatencyHistogram(sparse: buckets, sumMicroseconds: sum) else {
            throw SampleCodec.Failure.invalidField("latency")
        }
        self = histogram
    }
}

extension DrainStatus {
    fileprivate mutating func transcode<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(choice: &phase)
        try coder.code(choice: &cause)
        try coder.code(&requestedBy)
        try coder.code(&reason, empty: "") { try $0.code(&$1) }
        try coder.code(&startedAt)
        try coder.code(&deadline)
        try coder.code(&ratePerSecond)
        try coder.code(&initialConnections)
        try coder.code(&remaining)
        try coder.code(&closed)
        try coder.code(&estimatedEnd)
    }

    fileprivate static var placeholder: DrainStatus {
        let epoch = UnixTime(microseconds: 0)
        return DrainStatus(
            phase: .refusing, cause: .operator, requestedBy: "", reason: nil, startedAt: epoch, deadline: epoch,
            ratePerSecond: 0, initialConnections: 0, remaining: 0, closed: 0, estimatedEnd: epoch)
    }
}

extension ShedStatus {
    fileprivate mutating func transcode<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(choice: &phase)
        try coder.code(&operation)
        try coder.code(&requestedBy)
        try coder.code(&startedAt)
        try coder.code(&leaseEndsAt)
        try coder.code(&ratePerSecond)
        try coder.code(&rooms, empty: "") { try $0.code(&$1) }
        try coder.code(&refusesNew)
        try coder.code(&count)
        try coder.code(&told)
        try coder.code(&leaving)
        try coder.code(&matching)
    }

    fileprivate static var placeholder: ShedStatus {
        let epoch = UnixTime(microseconds: 0)
        return ShedStatus(
            phase: .ended, operation: "", requestedBy: "", startedAt: epoch, leaseEndsAt: epoch, ratePerSecond: 0,
            rooms: nil, refusesNew: false, count: 0, told: 0, leaving: 0, matching: 0)
    }
}

extension RoomCount {
    fileprivate static let placeholder: RoomCount = {
        // The name is valid by its text; reading replaces it before anyone sees it.
        guard let room = RoomName("-") else { preconditionFailure("the placeholder is a room name") }
        return RoomCount(room: room, criticality: .bestEffort, connections: 0)
    }()
}

extension BreakerReport {
    fileprivate mutating func transcode<Coder: FieldCoder>(_ coder: inout Coder) throws {
        try coder.code(choice: &name)
        try coder.code(choice: &state)
        try coder.code(&since)
        try coder.code(&reason, empty: "") { try $0.code(&$1) }
        try coder.code(&failuresTotal)
        try coder.code(&refusedTotal)
        try coder.code(&override, empty: .placeholder) { coder, override in
            try coder.code(choice: &override.state)
            try coder.code(&override.by)
            try coder.code(&override.reason, empty: "") { try $0.code(&$1) }
            try coder.code(&override.until)
        }
    }

    fileprivate static var placeholder: BreakerReport {
        BreakerReport(
            name: .publish, state: .closed, since: UnixTime(microseconds: 0), reason: nil, failuresTotal: 0,
            refusedTotal: 0)
    }
}

extension BreakerOverride {
    fileprivate static var placeholder: BreakerOverride {
        BreakerOverride(state: .open, by: "", reason: nil, until: UnixTime(microseconds: 0))
    }
}

extension DegradationReport {
    fileprivate static var placeholder: DegradationReport {
        DegradationReport(level: .normal, since: UnixTime(microseconds: 0), reason: "")
    }
}

extension StormReport {
    fileprivate static var placeholder: StormReport {
        StormReport(since: UnixTime(microseconds: 0), connectsPerSecond: 0, baselinePerSecond: 0)
    }
}
