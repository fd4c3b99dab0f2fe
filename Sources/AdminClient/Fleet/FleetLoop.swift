import AdminAPI
import FleetModel
import Glibc

/// The thread behind a `FleetWatcher`: turns what workers send, and their silence, into events.
final class FleetLoop {
    private let engine: TransferEngine
    private let inbox: Inbox<FleetWatcher.Order>
    private let events: EventQueue
    private var directory: SocketDirectory?
    private var members: [WorkerID: Member] = [:]
    private var outgoing: [FleetEvent] = []
    private var flushBy: ContinuousClock.Instant?
    private var lookupFailure: String?

    private final class Member {
        let endpoint: AdminEndpoint
        var link: WorkerLink
        var stream: Transfer?

        init(_ endpoint: AdminEndpoint, at now: ContinuousClock.Instant) {
            self.endpoint = endpoint
            link = WorkerLink(at: now)
        }
    }

    /// Workers send on the second; by this much later the samples of all have arrived.
    static let tickOffset: Duration = .milliseconds(40)
    /// Between ticks, what comes within this time of each other reaches the reader together.
    private static let gatherFor: Duration = .milliseconds(15)

    static func run(_ source: FleetWatcher.Source, inbox: Inbox<FleetWatcher.Order>, events: EventQueue) {
        do {
            try FleetLoop(source, inbox: inbox, events: events).loop()
        } catch {
            events.deliver([.lost(WorkerID("fleet"), reason: "libcurl cannot be initialised: \(error)")])
        }
    }

    private init(_ source: FleetWatcher.Source, inbox: Inbox<FleetWatcher.Order>, events: EventQueue) throws {
        engine = try TransferEngine()
        (self.inbox, self.events) = (inbox, events)
        switch source {
        case .directory(let path): directory = SocketDirectory(path)
        case .list(let endpoints): replace(endpoints)
        }
    }

    private func loop() {
        var nextTick = ContinuousClock.now
        while perform(inbox.takeAll()) {
            if .now >= nextTick {
                tick(at: .now)
                nextTick = Self.nextTick(after: .now)
            }
            flushIfDue()
            engine.turn(wakeup: inbox.descriptor, until: min(nextTick, flushBy ?? nextTick))
        }
    }

    private func tick(at now: ContinuousClock.Instant) {
        engine.readSteady()
        if let changed = directory?.changedEndpoints() { replace(changed) }
        for member in members.values { advance(member, at: now) }
        flush()
    }

    private func advance(_ member: Member, at now: ContinuousClock.Instant) {
        switch member.link.tick(at: now) {
        case .none: break
        case .connect: connect(member)
        case .report(let failure): emit(.lost(member.endpoint.worker, reason: failure.reason))
        case .disconnect(let failure, let isNews):
            if let stream = member.stream { engine.abandon(stream) }
            member.stream = nil
            if isNews { emit(.lost(member.endpoint.worker, reason: failure.reason)) }
        }
    }

    private func connect(_ member: Member) {
        let worker = member.endpoint.worker
        do {
            let stream = try Transfer(
                .samples(of: member.endpoint), receiver: SampleStream(of: worker, for: self))
            member.stream = stream
            engine.start(stream)
        } catch {
            ended(worker, .other("libcurl refused the request: \(error)"))
        }
    }
}

// MARK: - What streams tell

extension FleetLoop {
    /// - Throws: when the sample is of another worker than the one that was asked.
    func heard(_ sample: SharedSample, from worker: WorkerID) throws(TransferFailure) {
        guard sample.value.worker == worker else { throw .notSamples("it calls itself by another name") }
        guard let member = members[worker], let stream = member.stream else { return }
        member.link.heard(at: .now)
        if stream.lane == .urgent { engine.settle(stream) }
        emit(.sample(sample))
    }

    func ended(_ worker: WorkerID, _ failure: TransferFailure) {
        guard let member = members[worker] else { return }
        member.stream = nil
        if member.link.ended(failure, at: .now) { emit(.lost(worker, reason: failure.reason)) }
    }

    private func emit(_ event: FleetEvent) {
        outgoing.append(event)
        if flushBy == nil { flushBy = .now + Self.gatherFor }
    }

    private func flushIfDue() {
        if let flushBy, flushBy <= .now { flush() }
    }

    private func flush() {
        flushBy = nil
        let batch = outgoing
        outgoing = []
        outgoing.reserveCapacity(batch.count)
        events.deliver(batch)
    }

    /// The wall clock's next full second and `tickOffset`, on the steady clock.
    private static func nextTick(after now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        let sinceOffset = (Duration.nanoseconds(wall.tv_nsec) - tickOffset + .seconds(1)).wholeMicroseconds % 1_000_000
        return now + .microseconds(1_000_000 - sinceOffset)
    }
}

// MARK: - Orders

extension FleetLoop {
    /// - Returns: false once the watcher is closed.
    private func perform(_ orders: [FleetWatcher.Order]) -> Bool {
        for order in orders {
            switch order {
            case .ask(let question, let worker): ask(question, of: worker)
            case .replace(let endpoints):
                note(lookupFailure: nil)
                replace(endpoints)
            case .lookupFailed(let reason): note(lookupFailure: reason)
            case .stop: return false
            }
        }
        return true
    }

    private func note(lookupFailure reason: String?) {
        guard lookupFailure != reason else { return }
        lookupFailure = reason
        emit(.lookup(failure: reason))
    }

    private func replace(_ endpoints: [AdminEndpoint]) {
        let now = ContinuousClock.now
        let wanted = Dictionary(endpoints.map { ($0.worker, $0) }) { first, _ in first }
        for (worker, member) in members where wanted[worker] != member.endpoint {
            if let stream = member.stream { engine.abandon(stream) }
            members[worker] = nil
            emit(.vanished(worker))
        }
        for endpoint in endpoints where members[endpoint.worker] == nil {
            members[endpoint.worker] = Member(endpoint, at: now)
            emit(.appeared(endpoint.worker))
        }
        for member in members.values { member.link.retrySoon(at: now) }
    }

    /// Asks for all that is wanted at once, and tells of it together: the reader wakes once.
    private func ask(_ question: ControlQuestion, of worker: WorkerID) {
        guard let endpoint = members[worker]?.endpoint else { return }
        let collector = ControlCollector(of: worker, for: question) { [unowned self] report in emit(.control(report)) }
        for (request, receiver) in collector.requests(to: endpoint) {
            do {
                engine.start(try Transfer(request, receiver: receiver))
            } catch {
                receiver.finish(status: 0, failure: .other("libcurl refused the request: \(error)"))
            }
        }
    }
}
