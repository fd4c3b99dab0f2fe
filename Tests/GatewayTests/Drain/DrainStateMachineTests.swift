import FleetModel
import Testing

@testable import Gateway

@Suite("A drain, step by step")
struct DrainStateMachineTests {
    let start = UnixTime(microseconds: 1_795_457_902_000_000)

    func at(_ seconds: Double) -> UnixTime { start.advanced(by: .seconds(seconds)) }

    func order(rate: Double? = nil, deadline: Duration? = .seconds(20)) -> DrainOrder {
        DrainOrder(
            cause: .operator, requestedBy: "ana", reason: "kernel", ratePerSecond: rate, deadline: deadline)
    }

    /// A machine that has reached a step with 90 connections and a deadline of 20 s: spread 8 s, grace until 10 s.
    func machine(in phase: DrainPhase) throws -> DrainStateMachine {
        var machine = DrainStateMachine()
        try machine.start(order(), connections: 90, now: start)
        if phase == .refusing { return machine }
        machine.did(.refusedNew(remaining: phase == .drained ? 0 : 90), now: at(0))
        if phase == .announcing || phase == .drained { return machine }
        machine.did(.announced, now: at(0))
        if phase == .grace { return machine }
        _ = machine.next(now: at(10), remaining: 90, jitter: 0.5)
        return machine
    }

    @Test("the machine reaches each step that the tests start from", arguments: DrainPhase.allCases)
    func reaches(_ phase: DrainPhase) throws {
        #expect(try machine(in: phase).status(at: at(10))?.phase == phase)
    }

    @Test("the end is estimated from what remains: at the deadline for many, in a moment for the last one")
    func estimate() throws {
        var machine = try machine(in: .closing)
        #expect(machine.status(at: at(12))?.estimatedEnd == at(20))
        _ = machine.next(now: at(12), remaining: 1, jitter: 0.5)
        #expect(machine.status(at: at(12))?.estimatedEnd == at(13))
    }

    @Test("a worker that serves has nothing to do, and no drain to show")
    func serving() {
        var machine = DrainStateMachine()
        #expect(machine.next(now: start, remaining: 5, jitter: 0) == .rest)
        #expect(machine.status(at: start) == nil)
        #expect(machine.workerState == .active)
    }

    @Test("an order first refuses new connections, and says who wanted it and why")
    func refusing() throws {
        var machine = try machine(in: .refusing)
        #expect(machine.next(now: start, remaining: 90, jitter: 0) == .refuseNew)
        let status = try #require(machine.status(at: start))
        #expect(status.requestedBy == "ana")
        #expect(status.reason == "kernel")
        #expect(status.cause == .operator)
        #expect(status.deadline == at(20))
        #expect(status.initialConnections == 90)
        #expect(machine.workerState == .draining)
    }

    @Test("once new ones are refused, clients are told to leave over the spread")
    func announcing() throws {
        var machine = try machine(in: .announcing)
        #expect(machine.next(now: start, remaining: 90, jitter: 0) == .announce(spread: .seconds(8)))
    }

    @Test("an empty worker is drained as soon as it refuses")
    func empty() throws {
        var machine = try machine(in: .drained)
        #expect(machine.next(now: start, remaining: 0, jitter: 0) == .rest)
        #expect(machine.workerState == .drained)
        #expect(machine.status(at: at(9))?.estimatedEnd == at(0))
    }

    @Test("in grace nobody is closed, and the number left is kept up to date")
    func grace() throws {
        var machine = try machine(in: .grace)
        #expect(machine.next(now: at(9.9375), remaining: 41, jitter: 0) == .wait(.microseconds(62_500)))
        #expect(machine.status(at: at(9.9375))?.phase == .grace)
        #expect(machine.status(at: at(9.9375))?.remaining == 41)
    }

    @Test("when all have left in grace, the worker is drained before its deadline")
    func graceEmpties() throws {
        var machine = try machine(in: .grace)
        #expect(machine.next(now: at(6), remaining: 0, jitter: 0) == .rest)
        let status = try #require(machine.status(at: at(7)))
        #expect(status.phase == .drained)
        #expect(status.closed == 0)
        #expect(status.estimatedEnd == at(6))
    }

    @Test("after the grace those that stayed are closed, and the closes counted")
    func closing() throws {
        var machine = try machine(in: .closing)
        #expect(machine.next(now: at(11), remaining: 90, jitter: 0.5) == .close(atMost: 9))
        machine.did(.closed(9), now: at(11))
        #expect(machine.status(at: at(11))?.closed == 9)
    }

    @Test("the closing step ends when nobody is left")
    func closingEnds() throws {
        var machine = try machine(in: .closing)
        #expect(machine.next(now: at(12), remaining: 0, jitter: 0.5) == .rest)
        #expect(machine.status(at: at(12))?.phase == .drained)
    }

    @Test("undrain works at each step and accepts again", arguments: DrainPhase.allCases)
    func undrain(_ phase: DrainPhase) throws {
        var machine = try machine(in: phase)
        try machine.undrain()
        #expect(machine.next(now: at(11), remaining: 7, jitter: 0) == .acceptNew)
        #expect(machine.status(at: at(11)) == nil)
        machine.did(.acceptedNew, now: at(11))
        #expect(machine.workerState == .active)
        #expect(machine.next(now: at(11), remaining: 7, jitter: 0) == .rest)
    }

    @Test("what was being done when the undrain came does not bring the drain back")
    func overtaken() throws {
        var machine = try machine(in: .refusing)
        try machine.undrain()
        machine.did(.refusedNew(remaining: 90), now: at(1))
        #expect(machine.next(now: at(1), remaining: 90, jitter: 0) == .acceptNew)
    }

    @Test("accepting again that comes after a second order does not end that drain")
    func orderedAgain() throws {
        var machine = try machine(in: .grace)
        try machine.undrain()
        try machine.start(order(), connections: 90, now: at(5))
        machine.did(.acceptedNew, now: at(5))
        #expect(machine.next(now: at(5), remaining: 90, jitter: 0) == .refuseNew)
    }

    @Test("a second drain is refused at each step and says who started the first", arguments: DrainPhase.allCases)
    func alreadyDraining(_ phase: DrainPhase) throws {
        var machine = try machine(in: phase)
        let error = #expect(throws: DrainRefusal.self) {
            try machine.start(order(), connections: 90, now: at(11))
        }
        #expect(error?.description.contains("ana") == true)
        #expect(error?.description.contains(phase.rawValue) == true)
    }

    @Test("there is nothing to undrain on a worker that serves")
    func notDraining() {
        var machine = DrainStateMachine()
        #expect(throws: DrainRefusal.notDraining) { try machine.undrain() }
    }

    @Test("a drain before a stop cannot be undone")
    func shutdown() throws {
        var machine = DrainStateMachine()
        try machine.shutDown(requestedBy: "SIGTERM", deadline: .seconds(30), connections: 10, now: start)
        #expect(machine.workerState == .stopping)
        #expect(machine.status(at: start)?.cause == .shutdown)
        #expect(throws: DrainRefusal.shuttingDown) { try machine.undrain() }
        #expect(throws: DrainRefusal.shuttingDown) { try machine.start(order(), connections: 1, now: start) }
    }

    @Test("a stop takes over a drain where it is, within its own deadline", arguments: DrainPhase.allCases)
    func takeOver(_ phase: DrainPhase) throws {
        var machine = try machine(in: phase)
        try machine.shutDown(requestedBy: "SIGTERM", deadline: .seconds(4), connections: 90, now: at(10))
        let status = try #require(machine.status(at: at(10)))
        #expect(status.phase == phase)
        #expect(status.deadline == at(14))
        #expect(status.requestedBy == "SIGTERM")
    }

    @Test("a drain that cannot be done in time expects its end later than its deadline")
    func late() throws {
        var machine = try machine(in: .closing)
        _ = machine.next(now: at(19), remaining: 90, jitter: 0.5)
        let status = try #require(machine.status(at: at(19)))
        #expect(status.estimatedEnd == at(19 + 90 / status.ratePerSecond))
    }
}
