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

    @Test(
        "a client joins one of the critical rooms on top of its ordinary ones, and stormy and stuck clients are dealt")
    func critical() throws {
        var options = options(clients: 10)
        options.rooms = try #require(RoomNames.make(count: 3, prefix: "r"))
        options.ordinaryRooms = 3
        options.rooms += try #require(RoomNames.make(count: 2, prefix: "x"))
        options.processes = 4
        options.stuckClients = 2
        options.storm = .init(clients: 7, start: .seconds(1))
        let plan = try LoadPlan(options, run: RunID(), descriptorLimit: 20_000)
        #expect(plan.processes[0].classes == [.bestEffort, .bestEffort, .bestEffort, .critical, .critical])
        #expect((0..<3).map { RoomAssignment(plan.processes[0]).rooms(of: $0) } == [[0, 3], [1, 4], [2, 3]])
        #expect(plan.processes.map(\.stormClients).reduce(0, +) == 7)
        #expect(plan.processes.allSatisfy { $0.firstStuck == 8 })
    }

    @Test("a target is a ws or wss URL with a host, and its scheme's port and path / where they are left out")
    func targets() {
        let full = TargetURL("ws://127.0.0.1:8080/ws/connect?x=1")
        #expect(full?.host == "127.0.0.1")
        #expect(full?.port == 8080)
        #expect(full?.path == "/ws/connect?x=1")
        #expect(TargetURL("ws://gate")?.description == "ws://gate:80/")
        #expect(TargetURL("ws://[::1]:9/")?.host == "::1")
        #expect(TargetURL("wss://gate/x")?.description == "wss://gate:443/x")
        for text in ["wsss://gate/", "http://gate/", "ws://", "ws://:80/", "ws://gate:0/", "ws://gate:x/", "ws://a b/"]
        {
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
