import Testing

@testable import Gateway

@Suite("The lives of a worker")
struct WorkerLifecycleTests {
    func running(since: Duration = .zero) -> WorkerLifecycle {
        var lifecycle = WorkerLifecycle()
        _ = lifecycle.started(now: since)
        return lifecycle
    }

    @Test("begin with a start")
    func begin() {
        var lifecycle = WorkerLifecycle()
        #expect(lifecycle.due() == .start)
        #expect(lifecycle.started(now: .zero) == .none)
    }

    @Test("go on at once after the first death")
    func firstDeath() {
        var lifecycle = running()
        #expect(lifecycle.exited(now: .seconds(1)) == .start)
    }

    @Test("pause longer each time while the worker keeps dying, up to half a minute")
    func keepsDying() {
        var lifecycle = WorkerLifecycle()
        let actions = (0..<10).map { _ in
            _ = lifecycle.started(now: .zero)
            return lifecycle.exited(now: .seconds(1))
        }
        let pauses: [Duration] = [
            .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(30),
            .seconds(30), .seconds(30),
        ]
        #expect(actions == [.start] + pauses.map { .startAfter($0) })
    }

    @Test("count from the beginning after one that lasted")
    func lasted() {
        var lifecycle = running()
        _ = lifecycle.exited(now: .seconds(1))
        _ = lifecycle.started(now: .seconds(1))
        #expect(lifecycle.exited(now: .seconds(11)) == .start)
    }

    @Test("pause also when the process cannot even be made")
    func cannotStart() {
        var lifecycle = WorkerLifecycle()
        #expect(lifecycle.exited(now: .zero) == .start)
        #expect(lifecycle.exited(now: .zero) == .startAfter(.milliseconds(500)))
    }

    @Test("end with the process after an order to stop")
    func stop() {
        var lifecycle = running()
        #expect(lifecycle.stop() == .terminate)
        #expect(lifecycle.stop() == .terminate)
        #expect(lifecycle.exited(now: .seconds(1)) == .finish)
        #expect(lifecycle.due() == .finish)
    }

    @Test("end in a pause without another process")
    func stopInPause() {
        var lifecycle = running()
        _ = lifecycle.exited(now: .zero)
        #expect(lifecycle.stop() == .finish)
        #expect(lifecycle.due() == .finish)
    }

    @Test("end when the order comes while the process is being made")
    func stopWhileStarting() {
        var lifecycle = WorkerLifecycle()
        #expect(lifecycle.stop() == .finish)
        #expect(lifecycle.started(now: .zero) == .terminate)
        #expect(lifecycle.exited(now: .zero) == .finish)
    }

    @Test("end by force when a worker does not leave")
    func giveUp() {
        var lifecycle = running()
        _ = lifecycle.stop()
        #expect(lifecycle.giveUp() == .kill)
        #expect(lifecycle.exited(now: .seconds(9)) == .finish)
    }
}
