import FleetModel
import NIOCore

/// Reaches the clients of this process from outside their event loop.
struct FleetHandle: Sendable {
    private let loop: any EventLoop
    private let fleet: NIOLoopBound<ClientFleet>

    /// No message for this long, and none is on its way any more.
    static let quiet: Duration = .milliseconds(500)
    /// The longest wait for quiet: a saturated server may have this much queued.
    static let quietLimit: Duration = .seconds(20)
    /// How long servers may take to answer the closes at the end.
    static let leaveLimit: Duration = .seconds(2)
    static let progressInterval: Duration = .milliseconds(500)
    /// Small enough for one line, large enough to be few.
    private static let clientsPerLine = 64

    init(plan: ProcessPlan, tokens: [String]?, loop: any EventLoop) async throws {
        self.loop = loop
        fleet = try await loop.submit {
            let fleet = try ClientFleet(plan: plan, tokens: tokens, loop: loop)
            fleet.start()
            return NIOLoopBound(fleet, eventLoop: loop)
        }.get()
    }

    /// Tells how the clients stand, until cancelled.
    func tellProgress(_ writer: ReportWriter) async throws {
        var meter = LoadMeter()
        while true {
            let progress = try await onLoop { $0.progress }
            var load = ProcessLoad()
            meter.measure(progress, demand: ProcessorDemand.read(), at: SteadyClock.now, into: &load)
            try await onLoop { [load] in $0.tally.load.add(load) }
            try await writer.write(.progress(progress))
            do { try await Task.sleep(for: Self.progressInterval) } catch { return }
        }
    }

    func storm() async throws { try await onLoop { $0.storm(SteadyClock.now) } }

    /// Waits until nothing comes any more and nobody is on the way back, then tells what has come.
    func drain(_ writer: ReportWriter) async throws {
        try await onLoop { $0.freeze() }
        let begin = SteadyClock.now
        try await poll(limit: Self.quietLimit) { fleet in
            SteadyClock.now >= max(begin, fleet.lastDelivery) + Self.quiet.wholeNanoseconds && !fleet.isAnyReturning
        }
        let receipts = try await onLoop { $0.receipts }
        for start in stride(from: 0, to: receipts.count, by: Self.clientsPerLine) {
            let part = receipts[start..<min(receipts.count, start + Self.clientsPerLine)]
            try await writer.write(.receipts(Array(part)))
        }
        var tally = try await onLoop { $0.tally }
        tally.cpuTime = OpenFiles.cpuTime
        try await writer.write(.progress(onLoop { $0.progress }))
        try await writer.write(.finished(tally))
    }

    func leave() async throws {
        try await onLoop { $0.leave() }
        try await poll(limit: Self.leaveLimit) { $0.subscribed == 0 }
    }

    private func poll(limit: Duration, until isDone: @escaping @Sendable (ClientFleet) -> Bool) async throws {
        let deadline = SteadyClock.now + limit.wholeNanoseconds
        while SteadyClock.now < deadline, try await !onLoop(isDone) {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func onLoop<Value: Sendable>(_ body: @escaping @Sendable (ClientFleet) -> Value) async throws -> Value {
        try await loop.submit { body(fleet.value) }.get()
    }
}
