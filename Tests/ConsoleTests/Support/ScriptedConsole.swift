import AdminAPI
import Console
import FleetModel
import Recording
import Terminal

/// A console fed by a script instead of a fleet and a terminal: seconds pass and keys are pressed as a test says.
struct ScriptedConsole {
    var model: ConsoleModel
    var workers: [ScriptedWorker]
    /// Workers that have stopped talking.
    var silent: Set<WorkerID> = []
    private(set) var second = 0
    /// Of the last second.
    private(set) var effects: [ConsoleEffect] = []
    /// What the console was told, as a recorder writes it down.
    private(set) var records: [Record] = []

    init(
        _ workers: [ScriptedWorker], columns: Int = 120, rows: Int = 40, unicode: Bool = true,
        fleetName: SafeText = "prod-bsas", contexts: [String] = [], fleetPlaces: [SafeText] = [],
        keymap: Keymap = .standard
    ) {
        self.workers = workers
        model = ConsoleModel(
            fleetName: fleetName, contexts: contexts, fleetPlaces: fleetPlaces, user: "mperez",
            size: Size(columns: columns, rows: rows),
            capabilities: TerminalCapabilities(colors: .twoHundredFiftySix, unicode: unicode), keymap: keymap,
            now: ScriptedWorker.epoch)
        tell(workers.map { .appeared($0.id) }, at: ScriptedWorker.epoch)
    }

    mutating func run(seconds: Int = 1) {
        for _ in 0..<seconds {
            second += 1
            let talking = workers.filter { !silent.contains($0.id) }
            tell(
                talking.map { .sample(SharedSample($0.sample(at: second))) }, at: ScriptedWorker.time(second))
            effects = model.update(.tick(ScriptedWorker.time(second)))
        }
    }

    @discardableResult
    mutating func press(_ keys: Key...) -> [ConsoleEffect] {
        keys.flatMap { model.update(.terminal(.key($0))) }
    }

    @discardableResult
    mutating func type(_ text: String) -> [ConsoleEffect] {
        text.flatMap { model.update(.terminal(.key(.character($0)))) }
    }

    @discardableResult
    mutating func point(_ action: MouseEvent.Action, _ column: Int, _ row: Int) -> [ConsoleEffect] {
        model.update(.terminal(.mouse(MouseEvent(action, column: column, row: row))))
    }

    @discardableResult
    mutating func paste(_ text: String) -> [ConsoleEffect] { model.update(.terminal(.paste(Paste(text)))) }

    /// Something happens between two seconds.
    mutating func hear(_ events: FleetEvent...) {
        tell(events, at: ScriptedWorker.time(second).advanced(by: .milliseconds(200)))
    }

    mutating func hear(_ answer: FleetAnswer) throws {
        let time = ScriptedWorker.time(second).advanced(by: .milliseconds(200))
        records.append(Record(time: time, content: .answer(try RecordedAnswer(answer))))
        _ = model.update(.answers([answer]))
    }

    private mutating func tell(_ events: [FleetEvent], at time: UnixTime) {
        records += events.map { Record(time: time, $0) }
        _ = model.update(.fleet(events))
    }

    mutating func hear(_ news: ActNews...) { _ = model.update(.acts(news)) }

    /// A worker tells of the control plane.
    mutating func report(_ change: (inout ControlReport) -> Void) {
        var report = ControlReport(worker: workers[0].id)
        change(&report)
        hear(.control(report))
    }

    mutating func resize(columns: Int, rows: Int) {
        _ = model.update(.terminal(.resized(Size(columns: columns, rows: rows))))
    }

    var lines: [String] { model.view().textLines }
    var text: String { lines.joined(separator: "\n") }

    subscript(id: String) -> ScriptedWorker {
        get { workers[index(of: id)] }
        set { workers[index(of: id)] = newValue }
    }

    private func index(of id: String) -> Int {
        guard let index = workers.firstIndex(where: { $0.id.rawValue == id }) else {
            preconditionFailure("the script has no worker \(id)")
        }
        return index
    }
}

extension ScriptedConsole {
    /// Four workers of which one holds far too much.
    static func fleetOfFour(columns: Int = 120, rows: Int = 40, unicode: Bool = true) -> ScriptedConsole {
        var workers = ["gw1-w0", "gw1-w1", "gw1-w2", "gw1-w3"].map { ScriptedWorker($0) }
        for (index, connections) in [3_770, 3_741, 8_912, 3_761].enumerated() {
            workers[index].connections = connections
            workers[index].outPerSecond = connections * 5
            workers[index].closesPerSecond = index == 2 ? 4 : 1
            workers[index].rooms = rooms(of: index, connections)
        }
        workers[2].latency = .milliseconds(11)
        workers[2].adjust = { sample, _ in
            sample.queueBytes = ByteCount(1_250_000)
            sample.memory = .mebibytes(96)
            sample.loopLag = .microseconds(3_100)
        }
        return ScriptedConsole(workers, columns: columns, rows: rows, unicode: unicode)
    }

    private static func rooms(of worker: Int, _ connections: Int) -> [(name: String, connections: Int)] {
        let field = [412, 398, 4_790, 420][worker]
        let regions = (1...12).map { (name: "citizen:region:\($0)", connections: 400 - $0 * 20 + worker * 3) }
        return [
            (name: "gov:alerts:critical", connections: connections), (name: "ops:field:north", connections: field),
            (name: "citizen:notifications", connections: 1_255 + worker * 11),
        ] + regions
    }

    /// `second` of a drain of 60 seconds.
    static func drain(_ second: Int, of connections: Int, reason: String? = "kernel update") -> DrainStatus {
        let remaining = max(0, connections - connections * second / 60)
        let start = ScriptedWorker.time(10)
        return DrainStatus(
            phase: remaining == 0 ? .drained : second < 15 ? .grace : .closing, cause: .operator, requestedBy: "mperez",
            reason: reason, startedAt: start, deadline: start.advanced(by: .seconds(60)), ratePerSecond: 62.4,
            initialConnections: connections, remaining: remaining, closed: connections - remaining,
            estimatedEnd: start.advanced(by: .seconds(60)))
    }
}
