import FleetModel

/// How a run stands, for whoever watches it.
package struct RunProgress: Sendable {
    package var clients: ClientProgress
    package var published: UInt64
}

/// Takes a run through its steps: connect, publish, drain, account, leave.
struct RunConductor: Sendable {
    let options: LoadOptions
    let plan: LoadPlan
    let ledger: RunLedger
    let publisher: PublisherHandle
    let stop: StopSignal
    private let started = UnixTime.now

    /// How long clients may take to connect beyond what their rate makes of it, before publishing begins without those
    /// that are missing.
    static let settlingLimit: Duration = .seconds(30)
    /// A server that has let nobody in for this long is taken for unreachable.
    static let hopelessLimit: Duration = .seconds(10)
    /// How long clients may take to come back from a storm.
    static let stormLimit: Duration = .seconds(180)
    /// How long processes may take to tell their receipts once all is quiet.
    static let tellingLimit: Duration = .seconds(60)
    /// How often the run looks whether something has come about.
    static let pollInterval: Duration = .milliseconds(50)
    static let progressInterval: Duration = .seconds(1)

    init(options: LoadOptions, plan: LoadPlan, ledger: RunLedger, publisher: PublisherHandle, stop: StopSignal) {
        self.options = options
        self.plan = plan
        self.ledger = ledger
        self.publisher = publisher
        self.stop = stop
    }

    /// - Parameter command: tells all client processes.
    func conduct(_ command: @Sendable (ClientProcess.Command) -> Void) async throws -> LoadReport {
        let begin = UsageSnapshot.take(options.serverPIDs)
        try await settle()
        let settled = UsageSnapshot.take(options.serverPIDs)
        let subscribed = await ledger.total.subscribed
        let published = try await publish(command)
        await ledger.startAccounting(published.log)
        command(.drain)
        guard try await wait(FleetHandle.quietLimit + Self.tellingLimit, until: { await ledger.areAllFinished }) else {
            throw LoadRefusal.processFailed("it did not tell its receipts in time")
        }
        let usage = UsageOverRun(begin: begin, settled: settled, end: .take(options.serverPIDs), clients: subscribed)
        let report = await LoadReport(
            options: options, plan: plan, started: started, ledger: ledger, published: published, usage: usage)
        command(.leave)
        return report
    }

    private func settle() async throws {
        let expected = Duration.seconds(Double(options.clients) / max(options.connectRate, 1))
        let begin = SteadyClock.now
        _ = try await wait(expected + Self.settlingLimit) { [stop, ledger] in
            let clients = await ledger.total
            let isHopeless = clients.joins == 0 && SteadyClock.now - begin > Self.hopelessLimit.wholeNanoseconds
            return stop.isRaised || clients.isSettled || isHopeless
        }
    }

    /// Publishes until the duration is over and the storm too, or the run is asked to stop.
    private func publish(_ command: @Sendable (ClientProcess.Command) -> Void) async throws -> Publisher.Outcome {
        guard await ledger.total.joins > 0 || options.clients == 0 else { return try await publisher.end() }
        try await publisher.begin()
        let begin = SteadyClock.now
        if let storm = options.storm, try await !wait(storm.start, until: { [stop] in stop.isRaised }) {
            try await awaitStorm(command)
        }
        let passed = Duration.nanoseconds(SteadyClock.now - begin)
        _ = try await wait(options.duration.map { max(.zero, $0 - passed) }) { [stop] in stop.isRaised }
        return try await publisher.end()
    }

    private func awaitStorm(_ command: @Sendable (ClientProcess.Command) -> Void) async throws {
        command(.storm)
        let begin = SteadyClock.now
        _ = try await wait(Self.stormLimit) { [stop, ledger] in
            // By then every process has told whom it dropped.
            let isTold = SteadyClock.now - begin > (Self.progressInterval * 2.5).wholeNanoseconds
            let clients = await ledger.total
            return stop.isRaised || (isTold && clients.returned == clients.dropped)
        }
    }

    /// - Parameter limit: nil waits for ever.
    /// - Returns: false when the limit came first.
    private func wait(_ limit: Duration?, until isDone: @Sendable () async -> Bool) async throws -> Bool {
        let begin = SteadyClock.now
        while await !isDone() {
            if let limit, SteadyClock.now - begin >= limit.wholeNanoseconds { return false }
            try await Task.sleep(for: Self.pollInterval)
        }
        return true
    }

    /// Tells how the run stands until cancelled.
    func tellProgress(_ tell: @Sendable (RunProgress) -> Void) async {
        while !Task.isCancelled {
            // Cancelled in its sleep or with its publisher gone, it has nothing more to tell.
            guard (try? await Task.sleep(for: Self.progressInterval)) != nil,
                let published = try? await publisher.published
            else { return }
            tell(RunProgress(clients: await ledger.total, published: published))
        }
    }
}
