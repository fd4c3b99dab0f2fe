import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Text from outside")
struct HostileTextTests {
    private static let attack = "\u{1B}]52;c;ZXZpbA==\u{7}\u{1B}[2J\u{202E}drowssap\u{200B}\n\r\t\u{9B}31m"

    @Test("no escape sequence, control or bidirectional mark reaches the screen, whatever it came in")
    func hostile() {
        let id = "gw" + Self.attack + "-w0"
        var console = ScriptedConsole([ScriptedWorker(id), ScriptedWorker("gw1-w1")], fleetName: SafeText(Self.attack))
        console[id].adjust = { sample, second in
            sample.node = Self.attack
            sample.degraded = Self.attack
            sample.state = .draining
            sample.drain = ScriptedConsole.drain(second, of: 10, reason: Self.attack)
            sample.drain?.requestedBy = Self.attack
        }
        console.run(seconds: 3)
        console.press(.character("u"), .character("y"))
        console.hear(.ended(ActID(1), .failure(AdminError(.internal, Self.attack))))
        console.hear(.lost(WorkerID("gw1-w1"), reason: Self.attack))
        console.report {
            var record = OperationRecord.drain(at: 3, by: Self.attack)
            record.state.note = Self.attack
            record.reason = Self.attack
            record.steps[0].words = Self.attack
            $0.operations = [record]
            $0.safety = SafetyState(engaged: true, reason: Self.attack, by: Self.attack)
        }
        for keys: [Key] in [
            [.character("o")], [.escape], [.character("/"), .character("\u{202E}")], [.enter, .character("d")],
            [.escape, .character("e")],
        ] {
            for key in keys { console.press(key) }
            console.run()
            #expect(console.text.unicodeScalars.allSatisfy(Self.isHarmless))
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\n"
        case .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: false
        default: true
        }
    }

    @Test("without Unicode nothing but ASCII is drawn by the console itself")
    func ascii() {
        var console = ScriptedConsole.fleetOfFour(unicode: false)
        console.run(seconds: 40)
        for key: Key in [.character("d"), .escape, .character("?"), .escape, .character("e")] {
            console.press(key)
            #expect(console.text.utf8.allSatisfy { $0 < 0x80 })
        }
    }
}
