import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Who is offered acts")
struct ActAccessTests {
    private func console(_ role: AccessRole) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        console.report { $0.access = .of(role) }
        return console
    }

    @Test("a viewer's key for an act says which role it takes, and asks nothing", arguments: ["t", "m", "B", "K", "F"])
    func viewer(_ key: Character) {
        var console = console(.viewer)
        #expect(console.press(.character(key)).isEmpty)
        #expect(console.lines.last?.contains("you are viewer here") == true)
        #expect(console.model.overlay == nil)
    }

    @Test("on a room the line of keys offers to throttle it and to write to it; a viewer is offered neither")
    func offered() {
        var (operators, viewers) = (console(.operator), console(.viewer))
        operators.press(.tab)
        viewers.press(.tab)
        #expect(operators.lines.last?.contains("t throttle  m message") == true)
        #expect(viewers.lines.last?.contains("throttle") == false)
    }

    @Test("what is for a connection or a throttle is not asked where none is selected", arguments: ["K"])
    func nothingSelected(_ key: Character) {
        var console = console(.admin)
        #expect(console.press(.character(key)).isEmpty)
        #expect(console.lines.last?.contains("Nothing here for") == true)
    }
}
