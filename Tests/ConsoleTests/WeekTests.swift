import AdminAPI
import Console
import FleetModel
import Testing

@Suite("A week")
struct WeekTests {
    /// Every element of every collection in a value, however deep: what memory a world takes grows with this.
    private func weight(of value: Any) -> Int {
        if value is String || value is SafeText || value is UnixTime { return 1 }
        // Charts keep so many points, which a week of so few ticks does not fill; they have a test of their own.
        return Mirror(reflecting: value).children.filter { $0.label != "charts" }
            .reduce(1) { $0 + weight(of: $1.value) }
    }

    private static let step: Duration = .seconds(600)

    /// Ten minutes in which a worker is replaced, one goes quiet and speaks again, an operation ends, and a new question
    /// is answered.
    private func pass(_ step: Int, _ world: inout World) throws {
        let now = ScriptedWorker.epoch.advanced(by: Self.step * step)
        let names = ["gw1-w0", "gw1-w1", "gw1-w2", "gw1-w\(step)"]
        var events: [FleetEvent] = [.vanished(WorkerID("gw1-w\(step - 1)")), .appeared(WorkerID("gw1-w\(step)"))]
        events += names.map { .sample(SharedSample(sample(of: $0, step))) }
        if step % 2 == 0 { events.append(.lost(WorkerID("gw1-w1"), reason: "refused \(step)")) }
        if step % 7 == 0 { events.append(.lookup(failure: step % 14 == 0 ? "no answer \(step)" : nil)) }
        var report = ControlReport(worker: WorkerID("gw1-w0"))
        report.operations = (0..<30).map { .drain(at: 20, id: "op-\(step)-\($0)", outcome: .done) }
        events.append(.control(report))
        world.observe(events)
        let room = try #require(RoomName("ops:room:\(step)"))
        let query = FleetQuery.connections(ConnectionQuery(room: room))
        world.hear(FleetAnswer(query, at: now, parts: []))
        world.tick(now)
    }

    private func sample(of name: String, _ step: Int) -> WorkerSample {
        var worker = ScriptedWorker(name)
        worker.rooms = (0..<20).map { (name: "ops:room:\(step + $0)", connections: 100 - $0) }
        worker.closesPerSecond = step % 5
        // Counters of a script's first minutes over and over: a worker that restarts.
        var sample = worker.sample(at: step % 60)
        sample.time = ScriptedWorker.epoch.advanced(by: Self.step * step)
        return sample
    }

    @Test("of events, replaced workers, operations and questions takes no more memory than a day")
    func bounded() throws {
        var world = World(at: ScriptedWorker.epoch)
        let (day, week) = (144, 1_008)
        for step in 1...day { try pass(step, &world) }
        let afterDay = weight(of: world)
        for step in (day + 1)...week { try pass(step, &world) }
        #expect(weight(of: world) < afterDay * 11 / 10)
        #expect(world.log.lines.count <= EventLog.maximumLines)
        #expect(world.operations.records.count <= OperationBoard.maximumRecords)
        #expect(world.fleet.workers.count == 4)
    }
}
