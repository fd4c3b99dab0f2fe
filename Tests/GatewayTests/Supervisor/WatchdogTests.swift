import Testing

@testable import Gateway

@Suite("The watchdog of a worker")
struct WatchdogTests {
    func actions(_ looks: Int, _ watchdog: inout Watchdog) -> [Watchdog.Action] {
        var actions: [Watchdog.Action] = []
        for _ in 0..<looks { actions.append(watchdog.look()) }
        return actions
    }

    @Test("warns once after 5 s of silence, and kills after its patience")
    func silence() {
        var watchdog = Watchdog(patience: .seconds(8))
        #expect(watchdog.hear() == nil)
        #expect(actions(8, &watchdog) == [.none, .none, .none, .none, .warn, .none, .none, .kill])
        #expect(actions(8, &watchdog).allSatisfy { $0 == .none })
    }

    @Test("starts anew with every sign of life, and says how long there was none")
    func signs() {
        var watchdog = Watchdog(patience: .seconds(8))
        _ = watchdog.hear()
        #expect(actions(4, &watchdog) == [.none, .none, .none, .none])
        #expect(watchdog.hear() == nil)
        #expect(actions(6, &watchdog).contains(.warn))
        #expect(watchdog.hear() == .seconds(6))
        #expect(!actions(4, &watchdog).contains(.kill))
    }

    @Test("lets a process start in its own time, and the next one too")
    func starting() {
        var watchdog = Watchdog(patience: .seconds(8))
        #expect(actions(60, &watchdog).allSatisfy { $0 == .none })
        _ = watchdog.hear()
        watchdog.restart()
        #expect(actions(60, &watchdog).allSatisfy { $0 == .none })
    }

    @Test("never kills with a patience of zero")
    func off() {
        var watchdog = Watchdog(patience: .zero)
        _ = watchdog.hear()
        #expect(!actions(600, &watchdog).contains(.kill))
    }
}
