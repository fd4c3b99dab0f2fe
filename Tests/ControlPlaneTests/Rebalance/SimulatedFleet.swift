import AdminAPI
import ControlPlane
import FleetModel

/// A fleet that does what a rebalance orders: clients leave at the ordered rate, and come back after a delay to a random
/// worker that accepts, unless they never do.
struct SimulatedFleet {
    struct Worker {
        var clients: Int
        var startedAt = UnixTime(microseconds: 0)
        var isAnswering = true
        var isDegraded = false
        var state = WorkerState.active
        var order: ShedRequest?
        var orderedAt = UnixTime(microseconds: 0)
        var told = 0
        var credit = 0.0
        /// Told, and still there for so many ticks.
        var leaving: [Int] = []
        var wasShedding = false
        /// What it answers to orders in the place of carrying them out.
        var refusal: AdminError?

        var accepts: Bool { isAnswering && state == .active && !(order?.refuseNew ?? false) }
    }

    var workers: [WorkerID: Worker]
    /// The share of clients that do not come back.
    var neverBack = 0.0
    /// Ticks that a client is away.
    var away = 1...4
    var machine: RebalanceMachine
    private(set) var fleet = Fleet()
    private(set) var now = UnixTime(microseconds: 1_000_000_000)
    private(set) var outcome: OperationOutcome?
    private(set) var steps: [String] = []
    private(set) var orders: [(WorkerID, WorkerCommand)] = []
    /// The least that each worker had.
    private(set) var least: [WorkerID: Int] = [:]
    private var travelling: [Int] = []
    private var random = SeededRandom(state: 7)

    static let operation = "op1"

    init(_ clients: [Int], _ options: RebalanceOptions = RebalanceOptions(ratePerSecond: 20)) {
        workers = Dictionary(
            uniqueKeysWithValues: clients.enumerated().map {
                (WorkerID(node: "gw", index: $0.offset), Worker(clients: $0.element))
            })
        machine = RebalanceMachine(
            RebalancePlan(in: Fleet(), options: options).settings, operation: Self.operation)
        observe()
        machine = RebalanceMachine(RebalancePlan(in: fleet, options: options).settings, operation: Self.operation)
    }

    var counts: [Int] { workers.sorted { $0.key < $1.key }.map(\.value.clients) }
    var told: Int { workers.values.reduce(0) { $0 + $1.told } }
    var closedDoors: Int { workers.values.count { !$0.accepts } }

    subscript(index: Int) -> Worker {
        get { workers[WorkerID(node: "gw", index: index)] ?? Worker(clients: 0) }
        set { workers[WorkerID(node: "gw", index: index)] = newValue }
    }

    /// One second: the machine hears how things are, its orders are carried out, clients go and come.
    mutating func tick(cancel: Bool = false) {
        now = now.advanced(by: .seconds(1))
        observe()
        receive(cancel ? .cancel(by: "ana", reason: nil) : .fleet(fleet))
        for worker in workers.keys { live(worker) }
        comeBack()
        for (worker, state) in workers { least[worker] = min(least[worker] ?? .max, state.clients) }
    }

    /// Until the machine says that it is over.
    mutating func run(ticks: Int = 2_000, _ event: (inout SimulatedFleet, Int) -> Void = { _, _ in }) {
        for tick in 0..<ticks where outcome == nil {
            event(&self, tick)
            self.tick()
        }
    }

    private mutating func receive(_ input: OperationInput) {
        for effect in machine.receive(input, at: now) {
            switch effect {
            case .order(let command, let worker):
                orders.append((worker, command))
                receive(.answered(worker, command, refusal: obey(command, worker)))
            case .act: break
            case .step(let words): steps.append(words.text)
            case .end(let outcome): self.outcome = outcome
            }
        }
    }

    private mutating func obey(_ command: WorkerCommand, _ worker: WorkerID) -> AdminError? {
        if let refusal = workers[worker]?.refusal { return refusal }
        guard workers[worker]?.isAnswering == true else { return AdminError(.unavailable, "no answer") }
        switch command {
        case .shed(let request):
            workers[worker]?.order = request
            workers[worker]?.orderedAt = now
            workers[worker]?.wasShedding = true
        case .stopShedding: workers[worker]?.order = nil
        case .drain, .undrain, .probe, .failover, .noteDrill: break
        }
        return nil
    }

    private mutating func live(_ id: WorkerID) {
        guard var worker = workers[id] else { return }
        if let order = worker.order {
            if worker.orderedAt.duration(to: now) >= .seconds(order.leaseSeconds) { worker.order = nil }
            worker.credit = min(worker.credit + order.ratePerSecond, order.ratePerSecond + 1)
            let number = max(0, min(Int(worker.credit), order.count - worker.told, worker.clients))
            worker.credit -= Double(number)
            worker.told += number
            worker.leaving += (0..<number).map { _ in Int.random(in: 0...2, using: &random) }
        }
        let gone = worker.leaving.count { $0 == 0 }
        worker.leaving = worker.leaving.filter { $0 > 0 }.map { $0 - 1 }
        worker.clients -= gone
        for _ in 0..<gone where Double.random(in: 0..<1, using: &random) >= neverBack {
            travelling.append(Int.random(in: away, using: &random))
        }
        workers[id] = worker
    }

    private mutating func comeBack() {
        let doors = workers.filter(\.value.accepts).keys.sorted()
        for client in travelling.indices { travelling[client] -= 1 }
        guard !doors.isEmpty else { return }
        for _ in 0..<travelling.count(where: { $0 <= 0 }) {
            workers[doors.randomElement(using: &random) ?? doors[0]]?.clients += 1
        }
        travelling.removeAll { $0 <= 0 }
    }

    private mutating func observe() {
        for (id, worker) in workers {
            guard worker.isAnswering else {
                fleet.lose(id, because: "connection refused")
                continue
            }
            var sample = WorkerSample(
                worker: id, node: "gw", version: "1", pid: 1, time: now, startedAt: worker.startedAt)
            sample.state = worker.state
            sample.connections = worker.clients
            if worker.isDegraded { sample.degraded = "Redis is away" }
            sample.maxFDs = 100_000
            if worker.wasShedding { sample.shed = status(worker) }
            fleet.observe(sample, at: now)
        }
        _ = fleet.tick(at: now)
    }

    private func status(_ worker: Worker) -> ShedStatus {
        ShedStatus(
            phase: worker.order == nil ? .ended : .shedding, operation: Self.operation, requestedBy: "ana",
            startedAt: now, leaseEndsAt: now, ratePerSecond: 1, rooms: nil,
            refusesNew: worker.order?.refuseNew ?? false, count: worker.order?.count ?? 0, told: worker.told,
            leaving: worker.leaving.count, matching: worker.clients - worker.leaving.count)
    }
}

/// A linear congruential generator (Knuth's MMIX), so that a test runs the same each time.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
