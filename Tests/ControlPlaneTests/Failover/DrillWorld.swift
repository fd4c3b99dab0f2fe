import AdminAPI
import ControlPlane
import FleetModel

/// A fleet of two workers on a Redis with two replicas, as plain values that a test turns.
struct DrillWorld {
    static let start = UnixTime(microseconds: 1_795_457_902_000_000)
    static let old = "10.0.0.4:6379"
    static let new = "10.0.0.5:6379"

    let workers = [WorkerID("gw-w0"), WorkerID("gw-w1")]
    var options = DrillOptions(baseline: .seconds(3), hold: .seconds(3), allowLag: false)
    var situationNow = Self.start

    // What the workers show.
    var primary = Self.old
    var replicas = [Self.new, "10.0.0.6:6379"]
    var events: [SentinelEvent] = []
    var hasQuorum = true
    var drills = DrillHistory(count: 3)
    var moves: [WorkerID: [ProbeMove]] = [:]
    var phase = ProbeReport.Phase.sending
    /// Numbers sent and received until now, by everybody on both ways.
    var numbers = NumberRanges()
    var missing: [ProbeLane: [Int]] = [:]
    var duplicated = 0
    var process: PrimaryProcess?
    /// Times without a message, in seconds from the start.
    var interruptions: [ClosedRange<Double>] = []
    /// When the last message came; nil for now.
    var silentSince: UnixTime?
    var hidden: Set<WorkerID> = []

    func at(_ seconds: Double) -> UnixTime { Self.start.advanced(by: .seconds(seconds)) }

    // MARK: - Before

    func fleet() -> Fleet {
        var fleet = Fleet()
        for worker in workers {
            var sample = WorkerSample(
                worker: worker, node: "gw", version: "1", pid: 1, time: Self.start, startedAt: Self.start)
            sample.state = .active
            fleet.observe(sample, at: Self.start)
        }
        return fleet
    }

    func redis(at now: UnixTime) -> RedisReport {
        RedisReport(
            worker: workers[0], at: now, master: "gad",
            primary: RedisPrimary(
                address: primary, role: "master", version: "7.0.15", runID: "r", processID: 77, uptime: .seconds(9),
                clients: 12, usedMemory: .mebibytes(1), offset: 1_000),
            primaryFailure: nil,
            replicas: replicas.map {
                RedisReplica(address: $0, isOnline: true, flags: ["slave"], lagBytes: 0, lagSeconds: 0)
            },
            sentinels: (0..<3).map {
                SentinelReport(
                    address: "10.0.0.\($0):26379", primary: primary, quorum: 2, known: 3, hasQuorum: hasQuorum,
                    quorumWords: hasQuorum ? "OK" : "NOQUORUM 1 usable Sentinels", flags: ["master"])
            }, events: events, drills: drills)
    }

    func situation() -> DrillSituation {
        DrillSituation(
            fleet: fleet(), redis: [redis(at: situationNow)], running: nil,
            safety: SafetyState(engaged: false, reason: nil), options: options, reach: .process(id: 77),
            now: situationNow)
    }

    func plan() -> FailoverDrillPlan { FailoverDrillPlan(in: situation()) }

    // MARK: - While it runs

    func evidence(at now: UnixTime) -> DrillEvidence {
        DrillEvidence(
            at: now, probes: workers.filter { !hidden.contains($0) }.map { probes($0, at: now) },
            redis: [redis(at: now)], process: process)
    }

    private func probes(_ worker: WorkerID, at now: UnixTime) -> ProbeReport {
        ProbeReport(
            worker: worker, at: now, drill: "d", phase: phase, primary: primary,
            sent: ProbeLane.allCases.map { lane in
                ProbeSending(
                    lane: lane, sent: numbers.last ?? 0, acknowledged: numbers, failures: 0, withheld: 0)
            },
            received: workers.flatMap { sender in ProbeLane.allCases.map { receipts(sender, $0) } },
            lanes: ProbeLane.allCases.map { lane in
                let last = silentSince ?? now
                return ProbeLaneReport(
                    lane: lane, lastReceivedAt: last, gaps: [.init(from: last, to: now)] + gaps(worker),
                    latency: LatencyHistogram())
            }, moves: moves[worker] ?? [])
    }

    private func receipts(_ sender: WorkerID, _ lane: ProbeLane) -> ProbeReceipts {
        var received = NumberRanges()
        for number in numbers.ranges.joined() where !(missing[lane] ?? []).contains(number) { received.insert(number) }
        return ProbeReceipts(
            sender: sender, lane: lane, received: received, duplicated: lane == .stream ? duplicated : 0)
    }

    private func gaps(_ worker: WorkerID) -> [ProbeLaneReport.Gap] {
        (moves[worker] ?? []).compactMap { move in
            move.firstStreamAt.map { ProbeLaneReport.Gap(from: move.leftAt, to: $0) }
        } + interruptions.map { ProbeLaneReport.Gap(from: at($0.lowerBound), to: at($0.upperBound)) }
    }

    /// Every worker has left and is at the new primary.
    mutating func moveAll(leaving: Double, back: Double) {
        for worker in workers {
            var move = ProbeMove(leftAt: at(leaving), reason: "moved", from: Self.old)
            move.to = Self.new
            (move.resubscribedAt, move.firstPubSubAt) = (at(back), at(back))
            move.firstStreamAt = at(back + 0.1)
            moves[worker] = [move]
        }
        (primary, replicas) = (Self.new, ["10.0.0.6:6379"])
        let words = "gad 10.0.0.4 6379 10.0.0.5 6379"
        for sentinel in ["10.0.0.1:26379", "10.0.0.2:26379"] {
            events.append(SentinelEvent(at: at(leaving), sentinel: sentinel, name: "+switch-master", words: words))
        }
    }

    mutating func oldIsBack() { replicas.append(Self.old) }

    mutating func send(upTo number: Int) { for next in 1...number { numbers.insert(next) } }
}

/// A machine that a test drives second by second, with everything that it wanted.
struct DrivenDrill {
    var machine: DrillMachine
    var effects: [OperationEffect] = []
    var now: Double = 0

    init(_ plan: FailoverDrillPlan) { machine = DrillMachine(plan) }

    var outcome: OperationOutcome? {
        effects.lazy.compactMap { if case .end(let outcome) = $0 { outcome } else { nil } }.first
    }
    var steps: [String] { effects.compactMap { if case .step(let words) = $0 { words.text } else { nil } } }
    var acts: [DrillAct] { effects.compactMap { if case .act(let act) = $0 { act } else { nil } } }

    func orders(where isWanted: (WorkerCommand) -> Bool) -> Int {
        effects.count { if case .order(let command, _) = $0 { isWanted(command) } else { false } }
    }

    var failovers: Int { orders { if case .failover = $0 { true } else { false } } }
    var stops: Int { orders { if case .probe(let order) = $0 { order.stop } else { false } } }

    mutating func begin(_ world: DrillWorld) {
        effects += machine.receive(.fleet(world.fleet()), at: world.at(now))
    }

    /// One second, with everything answered.
    mutating func tick(_ world: DrillWorld, refusing refusal: AdminError? = nil) {
        now += 1
        let wanted = machine.receive(world.evidence(at: world.at(now)), at: world.at(now))
        effects += wanted
        for case .order(.failover(let request), let worker) in wanted {
            effects += machine.receive(
                .answered(worker, .failover(request), refusal: refusal), at: world.at(now))
        }
    }

    /// Ticks until a stage is reached or the time is over.
    mutating func tick(_ world: DrillWorld, until isReached: (DrillMachine.Stage) -> Bool, atMost count: Int = 100) {
        var count = count
        while !isReached(machine.stage), count > 0 {
            tick(world)
            count -= 1
        }
    }
}
