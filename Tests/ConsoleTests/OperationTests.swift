import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Watching operations")
struct OperationTests {
    private func console() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 12)
        return console
    }

    @Test("an operation begun elsewhere is pinned with its leader and its progress, and told of in the events")
    func watched() {
        var console = console()
        console.report { $0.operations = [.drain(at: 12)] }
        console.run()
        let line = console.lines.first { $0.contains("50%") } ?? ""
        #expect(line.contains("drain gw1-w1") && line.contains("gw1-w1 is closing  by ana"))
        #expect(console.text.contains("drain gw1-w1 by ana \"kernel update\""))
        console.report { $0.operations = [.drain(at: 13, outcome: .failed)] }
        #expect(!console.text.contains("under way"))
        #expect(console.text.contains("drain gw1-w1 failed: gw1-w1 was killed"))
    }

    @Test("an operation whose leader is silent says how to take it over")
    func abandoned() {
        var console = console()
        console.report { $0.operations = [.drain(at: 12)] }
        console.run(seconds: 11)
        #expect(console.text.contains("lease lost: gadtop operations takeover op-4711"))
        console.press(.character("o"))
        #expect(console.lines.last?.contains("t take over") == true)
    }

    @Test("operations are asked for every second while one runs, and every ten at rest")
    func pace() {
        var console = ScriptedConsole.fleetOfFour()
        #expect(console.questions(seconds: 20) == 2)
        console.report { $0.operations = [.drain(at: 20)] }
        #expect(console.questions(seconds: 20) == 20)
        console.report { $0.operations = [.drain(at: 40, outcome: .done)] }
        #expect((2...3).contains(console.questions(seconds: 20)))
        console.report { $0.safety = SafetyState(engaged: true, reason: nil) }
        #expect(console.questions(seconds: 20) == 20)
    }

    @Test("another worker is asked once one does not answer")
    func otherInformant() {
        var console = console()
        console.report { $0.failure = AdminError(.unavailable, "no answer") }
        console.run(seconds: 4)
        let workers = (0..<6).flatMap { _ in console.nextSecond() }.compactMap { effect in
            if case .ask(_, let worker) = effect { worker } else { nil }
        }
        #expect(workers.first == WorkerID("gw1-w1"))
    }

    @Test("the page shows the steps of the selected operation, asks for them, and c then y cancels it")
    func cancels() {
        var console = console()
        console.report { $0.operations = [.drain(at: 12), .drain(at: 11, id: "old", outcome: .done)] }
        #expect(console.press(.character("o")).asked == [ControlQuestion(details: "op-4711")])
        #expect(console.text.contains("gw1-w1 refuses new connections"))
        #expect(console.press(.character("c")).isEmpty)
        #expect(console.text.contains("It makes the fleet safe and ends"))
        #expect(console.press(.enter, .escape).isEmpty)
        #expect(
            console.press(.character("c"), .character("y")).begun
                == .cancel(OperationReference(id: "op-4711", reason: nil)))
        console.press(.down, .character("c"))
        #expect(console.lines.last?.contains("This operation has ended") == true)
    }

    @Test("the engaged lever stands in the header with who and why, and S releases it after y")
    func lever() {
        var console = console()
        #expect(
            console.press(.character("S"), .character("y")).begun == .safety(SafetyState(engaged: true, reason: nil)))
        console.report {
            $0.safety = SafetyState(engaged: true, reason: "incident 4711", by: "ana", at: ScriptedWorker.time(12))
        }
        #expect(console.lines[1].contains("SAFETY LEVER  Engaged by ana at 21:04:12: incident 4711."))
        console.press(.character("S"))
        #expect(console.text.contains("Everybody can start operations again"))
        console.press(.tab)
        #expect(console.press(.character("y")).begun == .safety(SafetyState(engaged: false, reason: nil)))
    }

    @Test("an operation that this console led and that failed stays an error until it is dismissed")
    func ledFailure() {
        var console = console()
        console.press(.character("d"), .backTab)
        console.type("gw1-w2")
        console.press(.enter)
        console.hear(.led(ActID(1), .drain(at: 12)))
        #expect(console.model.acts.pending.isEmpty)
        console.hear(.led(ActID(1), .drain(at: 14, outcome: .failed)), .ended(ActID(1), .success("")))
        #expect(console.lines.contains { $0.hasPrefix(" ✗ drain gw1-w1 failed: gw1-w1 was killed") })
    }
}

@Suite("Leaving while an operation is led")
struct QuitTests {
    private func leading() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 12)
        console.press(.character("d"), .backTab)
        console.type("gw1-w2")
        console.press(.enter)
        console.hear(.led(ActID(1), .drain(at: 12)))
        return console
    }

    @Test("q asks once; Esc stays, l leaves and says how to lead it on")
    func asks() {
        var console = leading()
        #expect(console.press(.character("q")).isEmpty)
        #expect(console.text.contains("This console leads the drain gw1-w1"))
        #expect(console.press(.escape).isEmpty)
        #expect(console.press(.character("q"), .character("l")) == [.quit])
        #expect(console.model.partingWords.first?.text.contains("gadtop operations takeover op-4711") == true)
    }

    @Test("c cancels it and leaves once it has ended")
    func cancels() {
        var console = leading()
        #expect(console.press(.control("c")).isEmpty)
        #expect(console.press(.character("c")).begun == .cancel(OperationReference(id: "op-4711", reason: nil)))
        #expect(!console.nextSecond().contains(.quit))
        console.hear(.led(ActID(1), .drain(at: 14, outcome: .cancelled)), .ended(ActID(1), .success("")))
        #expect(console.nextSecond().contains(.quit))
        #expect(console.model.partingWords.isEmpty)
    }

    @Test("what others lead keeps nobody")
    func notLed() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 12)
        console.report { $0.operations = [.drain(at: 12)] }
        #expect(console.press(.character("q")) == [.quit])
    }
}

extension ScriptedConsole {
    /// One second, and what the console wants done in it.
    fileprivate mutating func nextSecond() -> [ConsoleEffect] {
        run(seconds: 1)
        return effects
    }

    /// How often operations are asked for.
    fileprivate mutating func questions(seconds: Int) -> Int {
        (0..<seconds).reduce(0) { count, _ in count + nextSecond().asked.count }
    }
}
