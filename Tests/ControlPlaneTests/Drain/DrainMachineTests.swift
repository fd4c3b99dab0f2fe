import AdminAPI
import FleetModel
import Testing

@testable import ControlPlane

@Suite("A drain that is led")
struct DrainMachineTests {
    /// A fleet whose workers do what they are told when `settle` says so.
    struct Scene {
        var now = UnixTime(microseconds: 1_795_457_902_000_000)
        var fleet = Fleet()
        var samples: [WorkerID: WorkerSample] = [:]
        var machine: DrainMachine
        var orders: [WorkerCommand] = []
        var ordered: [WorkerID] = []
        var steps: [String] = []
        var outcome: OperationOutcome?

        init(_ count: Int = 3, drain targets: [Int], _ options: DrainOptions = DrainOptions(), resumed: Bool = false) {
            var fleet = Fleet()
            for index in 0..<count {
                let sample = Self.sample(index, now)
                samples[sample.worker] = sample
                fleet.observe(sample, at: now)
            }
            self.fleet = fleet
            let plan = DrainPlan(of: targets.map { WorkerID(node: "gw", index: $0) }, in: fleet, options: options)
            machine = DrainMachine(plan.operation, reason: "why", isResumed: resumed)
        }

        static func sample(_ index: Int, _ now: UnixTime) -> WorkerSample {
            var sample = WorkerSample(
                worker: WorkerID(node: "gw", index: index), node: "gw", version: "1", pid: 1, time: now, startedAt: now)
            (sample.state, sample.connections, sample.maxFDs) = (.active, 100, 1_000)
            return sample
        }

        subscript(_ index: Int) -> WorkerSample {
            get { samples[WorkerID(node: "gw", index: index)] ?? Self.sample(index, now) }
            set { samples[newValue.worker] = newValue }
        }

        mutating func drain(_ index: Int, _ phase: DrainPhase, by user: String = "mperez") {
            self[index].state = phase == .drained ? .drained : .draining
            self[index].connections = phase == .drained ? 0 : 40
            self[index].drain = DrainStatus(
                phase: phase, cause: .operator, requestedBy: user, reason: nil, startedAt: now, deadline: now,
                ratePerSecond: 10, initialConnections: 100, remaining: self[index].connections, closed: 30,
                estimatedEnd: now)
        }

        mutating func serve(_ index: Int) {
            (self[index].state, self[index].drain) = (.active, nil)
        }

        mutating func restart(_ index: Int) {
            self[index] = Self.sample(index, now.advanced(by: .seconds(1)))
            self[index].connections = 0
        }

        /// One second: the fleet is looked at, and every order is taken, or refused with `refusal`.
        mutating func tick(lost: Set<Int> = [], refusal: AdminError? = nil) {
            now = now.advanced(by: .seconds(1))
            for sample in samples.values {
                var sample = sample
                sample.time = now
                fleet.observe(sample, at: now)
            }
            for index in lost { fleet.lose(WorkerID(node: "gw", index: index), because: "connection refused") }
            receive(.fleet(fleet), refusal)
        }

        mutating func receive(_ input: OperationInput, _ refusal: AdminError? = nil) {
            for effect in machine.receive(input, at: now) {
                switch effect {
                case .order(let command, let worker):
                    orders.append(command)
                    ordered.append(worker)
                    receive(.answered(worker, command, refusal: refusal), refusal)
                case .act: break
                case .step(let words): steps.append(words.text)
                case .end(let outcome): self.outcome = outcome
                }
            }
        }

        mutating func ticks(_ count: Int) { for _ in 0..<count where outcome == nil { tick() } }
    }

    let w0 = WorkerID(node: "gw", index: 0)
    let w1 = WorkerID(node: "gw", index: 1)
    let w2 = WorkerID(node: "gw", index: 2)

    @Test("drains one worker after the other, and is done when nobody is left and the others have the clients")
    func sequence() {
        var scene = Scene(5, drain: [0, 1])
        scene.tick()
        #expect(scene.ordered == [w0])
        scene.drain(0, .closing)
        scene.tick()
        #expect(scene.machine.state.workers[0].words.contains("closing"))
        #expect(scene.ordered == [w0] && scene.machine.state.note == "draining gw-w0 (0 of 2 drained)")
        scene.drain(0, .drained)
        scene.tick()
        #expect(scene.ordered == [w0, w1])
        scene.drain(1, .drained)
        scene[2].connections = 300
        scene.ticks(2)
        #expect(scene.outcome?.status == .done)
        #expect(scene.outcome?.words.contains("200 connections more, of 200") == true)
        #expect(scene.machine.state.progress == 1)
    }

    @Test("drains as many at a time as it is told")
    func parallel() {
        var scene = Scene(8, drain: [0, 1, 2], DrainOptions(parallel: 2))
        scene.tick()
        #expect(scene.ordered == [w0, w1])
        scene.drain(0, .closing)
        scene.drain(1, .drained)
        scene.tick()
        #expect(scene.ordered == [w0, w1, w2])
    }

    @Test("waits while too little would stay active, and names who is missing")
    func blocked() {
        var scene = Scene(4, drain: [0, 1], DrainOptions(keep: 0.5))
        scene.tick()
        scene.drain(0, .drained)
        scene.tick(lost: [3])
        #expect(scene.ordered == [w0])
        #expect(scene.machine.state.note.hasPrefix("waiting: gw-w3 does not answer"))
        #expect(scene.machine.state.note.contains("--keep"))
        scene.tick()
        #expect(scene.ordered == [w0, w1])
    }

    @Test("says that a worker was killed in the middle of its drain, goes on with the others, and is partly done")
    func killed() {
        var scene = Scene(5, drain: [0, 1])
        scene.tick()
        scene.drain(0, .closing)
        scene.tick()
        scene.tick(lost: [0])
        #expect(scene.machine.state.workers[0].words.contains("does not answer"))
        scene.restart(0)
        scene.tick()
        #expect(scene.steps.contains { $0.contains("gw-w0") && $0.contains("restarted in the middle") })
        scene.drain(1, .drained)
        scene.ticks(20)
        #expect(scene.outcome?.status == .partlyDone)
        #expect(scene.outcome?.words.contains("gw-w0") == true)
    }

    @Test("gives up a worker that stays silent, and has failed when there was no other")
    func silent() {
        var scene = Scene(3, drain: [0])
        scene.tick()
        scene.drain(0, .closing)
        for _ in 0..<30 where scene.outcome == nil { scene.tick(lost: [0]) }
        #expect(scene.outcome?.status == .failed)
        #expect(scene.outcome?.words.contains("connection refused") == true)
    }

    @Test("has failed when somebody undrains the worker, before it is drained and after")
    func undrainedByOthers() {
        for phase in [DrainPhase.closing, .drained] {
            var scene = Scene(5, drain: [0, 1])
            scene.tick()
            scene.drain(0, phase)
            scene.tick()
            scene.serve(0)
            scene.tick()
            #expect(scene.machine.state.workers[0].failed)
            #expect(scene.machine.state.workers[0].words.contains("somebody undrained it"))
        }
    }

    @Test("undrains what is draining when cancelled, leaves what is drained, and starts nothing more")
    func cancelled() {
        var scene = Scene(8, drain: [0, 1, 2])
        scene.tick()
        scene.drain(0, .drained)
        scene.tick()
        scene.drain(1, .closing)
        scene.tick()
        scene.receive(.cancel(by: "jlopez", reason: "wrong node"))
        #expect(scene.ordered == [w0, w1, w1])
        scene.serve(1)
        scene.ticks(3)
        #expect(scene.outcome?.status == .cancelled)
        #expect(scene.outcome?.words == "undrained gw-w1; gw-w0 stays drained until: gadtop undrain gw-w0")
        #expect(scene.ordered == [w0, w1, w1])
        #expect(scene.steps.contains("cancelled by jlopez: wrong node"))
    }

    @Test("tries again what may pass, and says what does not")
    func refused() {
        var scene = Scene(3, drain: [0])
        scene.tick(refusal: AdminError(.unavailable, "Redis is away"))
        #expect(scene.machine.state.workers[0].words == "waiting: Redis is away")
        scene.tick(refusal: AdminError(.badRequest, "no such rate"))
        scene.tick()
        scene.ticks(10)
        #expect(scene.outcome == OperationOutcome(.failed, "gw-w0 failed: no such rate"))
    }

    @Test("takes over a drain that goes on already")
    func resumed() {
        var scene = Scene(3, drain: [0], resumed: true)
        scene.drain(0, .closing, by: "other")
        scene.tick()
        #expect(scene.ordered.isEmpty)
        scene.drain(0, .drained)
        scene.ticks(20)
        #expect(scene.outcome?.status == .done)
    }

    @Test("takes a drain that another began for a failure")
    func foreign() {
        var scene = Scene(3, drain: [0])
        scene.drain(0, .closing, by: "other")
        scene.ticks(15)
        #expect(scene.outcome?.status == .failed)
        #expect(scene.outcome?.words.contains("by other") == true)
        #expect(scene.ordered.isEmpty)
    }
}
