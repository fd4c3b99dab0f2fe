import FleetModel
import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite("What a drain does to a worker")
struct DrainControllerTests {
    /// Stands in for the data plane: counts connections and remembers what was asked of it.
    final class FakeTarget: DrainTarget {
        struct State {
            var connections: Int
            var deeds: [String] = []
            var acceptFailures = 0
        }
        struct PortTaken: Error {}

        let state: Mutex<State>
        /// Clients that leave when told.
        let heeding: Int

        init(connections: Int, heeding: Int = 0, acceptFailures: Int = 0) {
            state = Mutex(State(connections: connections, acceptFailures: acceptFailures))
            self.heeding = heeding
        }

        var deeds: [String] { state.withLock(\.deeds) }

        func refuseNew(for cause: DrainCause) async { state.withLock { $0.deeds.append("refuse") } }
        func connectionCount() async -> Int { state.withLock(\.connections) }

        func acceptNew() async throws {
            try state.withLock {
                $0.deeds.append("accept")
                guard $0.acceptFailures == 0 else {
                    $0.acceptFailures -= 1
                    throw PortTaken()
                }
            }
        }

        func announceReconnect(spread: Duration) async -> Int {
            state.withLock {
                $0.deeds.append("announce")
                $0.connections -= heeding
                return $0.connections + heeding
            }
        }

        func close(atMost count: Int, for cause: DrainCause) async -> Int {
            state.withLock {
                $0.deeds.append("close")
                let closed = min(count, $0.connections)
                $0.connections -= closed
                return closed
            }
        }
    }

    /// Runs a controller on real time, which the short deadlines below keep to fractions of a second.
    func with(_ target: FakeTarget, _ body: (DrainController) async throws -> Void) async throws {
        let clock = SteadyClock(startedAt: UnixTime(microseconds: 1_795_457_902_000_000))
        let controller = DrainController(target: target, clock: clock, logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await controller.run() }
            defer { group.cancelAll() }
            try await body(controller)
        }
    }

    func order(deadline: Duration = .milliseconds(600)) -> DrainOrder {
        DrainOrder(cause: .operator, requestedBy: "ana", deadline: deadline)
    }

    func reach(_ state: WorkerState, _ controller: DrainController) async throws {
        let limit = ContinuousClock.now + .seconds(10)
        while await controller.state != state, ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(5))
        }
        try #require(await controller.state == state)
    }

    @Test("refuses, tells the clients, waits, closes those that stay, and rests")
    func wholeCourse() async throws {
        let target = FakeTarget(connections: 20, heeding: 15)
        try await with(target) { controller in
            try await controller.start(order())
            try await reach(.drained, controller)
            #expect(target.deeds.prefix(3) == ["refuse", "announce", "close"])
            let status = try #require(await controller.status)
            #expect(status.closed == 5)
            #expect(status.remaining == 0)
        }
    }

    @Test("undrain returns once the worker accepts again")
    func undrain() async throws {
        let target = FakeTarget(connections: 5)
        try await with(target) { controller in
            try await controller.start(order(deadline: .seconds(600)))
            try await controller.undrain(requestedBy: "ana", reason: nil)
            #expect(await controller.state == .active)
            #expect(target.deeds.last == "accept")
        }
    }

    @Test("undrain tells why the worker cannot accept, and goes on trying")
    func undrainFails() async throws {
        let target = FakeTarget(connections: 0, acceptFailures: 1)
        try await with(target) { controller in
            try await controller.start(order())
            try await reach(.drained, controller)
            await #expect(throws: FakeTarget.PortTaken.self) {
                try await controller.undrain(requestedBy: "ana", reason: nil)
            }
            try await reach(.active, controller)
        }
    }

    @Test("a stop returns when nobody is left")
    func shutDown() async throws {
        let target = FakeTarget(connections: 12)
        try await with(target) { controller in
            try await controller.shutDown(requestedBy: "SIGTERM", deadline: .milliseconds(500))
            #expect(await target.connectionCount() == 0)
            #expect(await controller.state == .stopping)
        }
    }

    @Test("a stop that is waited for no longer returns at once")
    func cancelledShutDown() async throws {
        try await with(FakeTarget(connections: 12)) { controller in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await controller.shutDown(requestedBy: "SIGTERM", deadline: .seconds(600)) }
                try await reach(.stopping, controller)
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(await controller.state == .stopping)
        }
    }
}
