import Console
import FleetModel
import Testing

@Suite("The rooms")
struct RoomTests {
    private func console(_ rooms: [[(name: String, connections: Int)]]) -> ScriptedConsole {
        var workers = rooms.indices.map { ScriptedWorker("gw1-w\($0)") }
        for index in rooms.indices { workers[index].rooms = rooms[index] }
        return ScriptedConsole(workers)
    }

    private func line(of room: String, in console: ScriptedConsole) -> String {
        console.lines.first { $0.contains(room) } ?? ""
    }

    @Test("what a worker's full list leaves out is unknown, and no skew is made of it")
    func unknown() {
        let full = (0..<WorkerSample.maximumTopRooms).map { (name: "large:\($0)", connections: 900) }
        var console = console([full, [(name: "small", connections: 200)], [(name: "small", connections: 100)]])
        console.run(seconds: 2)
        console.press(.tab, .end)
        let small = line(of: "small", in: console).split(separator: " ")
        #expect(small.suffix(5) == [">300", "?", "200", "100", "?"])
        let large = line(of: "large:9 ", in: console).split(separator: " ")
        #expect(large.suffix(4) == ["900", "-", "-", "+200%"])
    }

    @Test("workers that are drained do not make a room uneven")
    func drained() {
        var console = console([[(name: "room", connections: 200)], [(name: "room", connections: 200)], []])
        console["gw1-w2"].adjust = { sample, _ in sample.state = .drained }
        console.run(seconds: 2)
        #expect(line(of: "room ", in: console).split(separator: " ").suffix(4) == ["200", "200", "-", "+0%"])
    }

    @Test("Esc leaves the rooms and shows the largest again")
    func escape() {
        let rooms = (0..<60).map { (name: "room:\($0)", connections: 900 - $0) }
        var console = console([rooms, rooms])
        console.run(seconds: 2)
        console.press(.tab, .end)
        #expect(!console.text.contains("room:0 "))
        console.press(.escape)
        #expect(console.text.contains("room:0 "))
        #expect(console.model.focus == .workers)
    }
}
