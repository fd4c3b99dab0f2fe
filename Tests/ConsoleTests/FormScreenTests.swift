import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Forms and operations on the screen")
struct FormScreenTests {
    static let sizes = [(80, 24), (120, 40)].map { ScreenSize(columns: $0, rows: $1, unicode: true) }

    private func fleet(_ size: ScreenSize) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: size.columns, rows: size.rows, unicode: size.unicode)
        console.run(seconds: 12)
        return console
    }

    @Test("asks before a drain what it means", arguments: ScreenSize.all)
    func drain(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.press(.character("d"))
        console.type("kernel update")
        console.press(.backTab)
        try Golden.check(console.lines, "drain-dialog-\(size.suffix)")
    }

    @Test("asks before an undrain", arguments: sizes)
    func undrain(_ size: ScreenSize) throws {
        var console = fleet(size)
        console["gw1-w2"].adjust = { sample, second in
            sample.state = .draining
            sample.drain = ScriptedConsole.drain(second, of: 8_912)
        }
        console.run()
        console.press(.character("u"))
        try Golden.check(console.lines, "form-undrain-\(size.suffix)")
    }

    @Test("asks before the safety lever is engaged", arguments: sizes)
    func safety(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.report { $0.operations = [.drain(at: 12)] }
        console.run()
        console.press(.character("S"))
        try Golden.check(console.lines, "form-safety-\(size.suffix)")
    }

    @Test("asks before a rebalance", arguments: sizes)
    func rebalance(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.press(.character("b"))
        try Golden.check(console.lines, "form-rebalance-\(size.suffix)")
    }

    @Test("shows operations with the steps of the selected one", arguments: ScreenSize.all)
    func operations(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.report {
            $0.operations = [
                .drain(at: 12), .drain(at: 11, id: "op-4710", by: "mperez", outcome: .failed),
                .drain(at: 11, id: "op-4709", by: "mperez", progress: 1, outcome: .done),
            ]
            $0.safety = SafetyState(engaged: true, reason: "incident 4711", by: "ana", at: ScriptedWorker.time(12))
        }
        console.run()
        console.press(.character("o"))
        try Golden.check(console.lines, "operations-\(size.suffix)")
    }

    @Test("asks before leaving an operation that is led here", arguments: sizes)
    func quitting(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.hear(.led(ActID(1), .drain(at: 12)))
        console.press(.character("q"))
        try Golden.check(console.lines, "quitting-\(size.suffix)")
    }
}
