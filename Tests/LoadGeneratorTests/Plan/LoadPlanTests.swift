import FleetModel
import Testing

@testable import LoadGenerator

struct LoadPlanTests {
    @Test("clients are dealt to as few processes as the descriptor limit allows, each client to one")
    func deals() throws {
        let plan = try LoadPlan(options(clients: 45_000), run: RunID(), descriptorLimit: 20_000)
        #expect(plan.processes.map(\.clients) == [15_000, 15_000, 15_000])
        #expect(plan.processes.map(\.firstClient) == [0, 15_000, 30_000])
        #expect(plan.processes.map(\.connectRate).reduce(0, +) == 600)
        #expect(plan.sourceAddresses == 3)
    }

    @Test("fewer processes than the descriptor limit needs are refused, and the refusal says how many are needed")
    func refuses() {
        var options = options(clients: 45_000)
        options.processes = 2
        let refusal = LoadRefusal.tooFewProcesses(asked: 2, needed: 3, clients: 45_000, descriptors: 20_000)
        #expect(throws: refusal) { try LoadPlan(options, run: RunID(), descriptorLimit: 20_000) }
        #expect(refusal.description.contains("at least 3 processes"))
    }

    @Test("a target is a ws URL with a host, and port 80 and path / where they are left out")
    func targets() {
        let full = TargetURL("ws://127.0.0.1:8080/ws/connect?x=1")
        #expect(full?.host == "127.0.0.1")
        #expect(full?.port == 8080)
        #expect(full?.path == "/ws/connect?x=1")
        #expect(TargetURL("ws://gate")?.description == "ws://gate:80/")
        #expect(TargetURL("ws://[::1]:9/")?.host == "::1")
        for text in ["wss://gate/", "http://gate/", "ws://", "ws://:80/", "ws://gate:0/", "ws://gate:x/", "ws://a b/"] {
            #expect(TargetURL(text) == nil, "\(text)")
        }
    }

    private func options(clients: Int) -> LoadOptions {
        var options = LoadOptions(targets: [], rooms: [], publishing: .nothing)
        options.clients = clients
        options.connectRate = 600
        return options
    }
}
