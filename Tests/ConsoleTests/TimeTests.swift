import AdminAPI
import Console
import FleetModel
import Recording
import Terminal
import Testing

@Suite("Moving through time")
struct TimeTests {
    /// A worker drains, one is lost, one breaks down, one answers a question; 120 s of it.
    private func troubled(columns: Int = 120, rows: Int = 40, unicode: Bool = true) throws -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows, unicode: unicode)
        console.run(seconds: 10)
        console["gw1-w1"].adjust = { sample, second in
            let drain = ScriptedConsole.drain(second - 10, of: sample.connections)
            sample.state = .draining
            sample.connections = drain.remaining
            sample.drain = drain
        }
        console.run(seconds: 10)
        console.silent = [WorkerID("gw1-w3")]
        console.hear(.lost(WorkerID("gw1-w3"), reason: "connection refused"))
        console["gw1-w0"].adjust = { sample, _ in
            sample.set([.publish], .open, since: 20, because: "no answer within 500 ms")
        }
        try console.hear(
            FleetAnswer(
                .breakers, at: ScriptedWorker.time(20),
                parts: [.init(WorkerID("gw1-w3"), .failure(AdminError(.unavailable, "gone")))]))
        console.run(seconds: 40)
        return console
    }

    @Test("a replay shows at every place and on every page what the live console showed", arguments: ScreenSize.all)
    func sameAsLive(_ size: ScreenSize) throws {
        var live = try troubled(columns: size.columns, rows: size.rows, unicode: size.unicode)
        var replay = try ScriptedReplay(
            live.records, columns: size.columns, rows: size.rows, unicode: size.unicode, at: ScriptedWorker.time(60))
        #expect(replay.position == ScriptedWorker.time(60))
        for digits in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "01", "02", "1"] {
            live.type(digits)
            replay.type(digits)
            let lines = live.lines
            // Nobody looked at the connections while it was recorded.
            guard digits != "7" else {
                #expect(replay.page.contains { $0.contains("Connections are not recorded.") })
                continue
            }
            #expect(replay.page == Array(lines[1..<(lines.count - 1)]), "page \(digits)")
        }
    }

    @Test("a history that cannot be read is said once, and asked for again when the operator moves")
    func unreadable() {
        var console = ScriptedConsole.fleetOfFour()
        console.model.keepsHistory = true
        console.run(seconds: 3)
        #expect(console.press(.character("R")).contains(.travel(.survey)))
        _ = console.model.update(.travel(.failed("the disk is gone")))
        console.run(seconds: 3)
        #expect(!console.effects.contains(.travel(.survey)))
        #expect(console.lines.count { $0.contains("the disk is gone") && $0.contains("✗") } <= 2)
        #expect(console.press(.character("T")).contains(.travel(.survey)))
    }

    @Test("the same place looks the same from wherever one comes to it")
    func placesAreStable() throws {
        let live = try troubled()
        var replay = try ScriptedReplay(live.records)
        for _ in 0..<20 { replay.press(.character("t")) }
        let forwards = replay.page
        for _ in 0..<10 { replay.press(.character("]")) }
        for _ in 0..<10 { replay.press(.character("[")) }
        #expect(replay.page == forwards)
        replay.press(.character("b"))
        replay.type("+30s")
        replay.press(.enter, .character("b"))
        replay.type("21:04:20")
        replay.press(.enter)
        #expect(replay.page == forwards)
        #expect(replay.position == ScriptedWorker.time(20))
    }

    @Test("t and T step, r goes to the begin, z lets the time run, + makes it faster")
    func keys() throws {
        var replay = try ScriptedReplay(try troubled().records, at: ScriptedWorker.time(30))
        replay.press(.character("t"), .character("t"), .character("T"))
        #expect(replay.position == ScriptedWorker.time(31))
        replay.press(.character("r"))
        #expect(replay.position == ScriptedWorker.epoch)
        replay.press(.character("z"))
        replay.run(seconds: 3)
        #expect(replay.position == ScriptedWorker.time(3))
        replay.press(.character("+"), .character("+"))
        replay.run(seconds: 2)
        #expect(replay.position == ScriptedWorker.time(11))
        #expect(replay.text.contains("x4"))
        replay.press(.character("-"), .character("z"))
        replay.run(seconds: 5)
        #expect(replay.position == ScriptedWorker.time(11))
        #expect(replay.text.contains("stopped"))
    }

    @Test("what is no time is said to be none, and nothing moves")
    func noTime() throws {
        var replay = try ScriptedReplay(try troubled().records, at: ScriptedWorker.time(30))
        for text in ["25:00", "yesterday", "+", "+5x", "-99999999999999999999d", "\u{1B}[2J"] {
            replay.press(.character("b"))
            replay.type(text)
            replay.press(.enter)
            #expect(replay.text.contains("That is no time"))
            #expect(replay.position == ScriptedWorker.time(30))
        }
    }

    @Test("a jump beyond the recording goes to its end, whatever the distance")
    func clamps() throws {
        var replay = try ScriptedReplay(try troubled().records)
        replay.press(.character("b"))
        replay.type("2031-01-01")
        replay.press(.enter)
        #expect(replay.position == ScriptedWorker.time(60))
    }

    @Test("nothing can be done in a replay, and Esc does not leave it")
    func noActs() throws {
        var replay = try ScriptedReplay(try troubled().records, at: ScriptedWorker.time(30))
        for key in ["d", "u", "S", "m", "K", "F", "B"] {
            replay.type(key)
            #expect(replay.text.contains("This is a recording"))
        }
        replay.press(.escape, .escape)
        #expect(replay.text.contains("REPLAY"))
    }

    @Test("filter, selection and page stay where time goes")
    func keepsPlace() throws {
        var replay = try ScriptedReplay(try troubled().records, at: ScriptedWorker.time(30))
        replay.press(.character("/"))
        replay.type("w[12]")
        replay.press(.enter, .character("j"))
        let selected = replay.model.selected
        replay.press(.character("T"), .character("T"))
        #expect(replay.model.selected == selected)
        #expect(replay.model.filter.text == "w[12]")
    }

    @Test("a gap in the recording is told where it is, and is not lived through second by second")
    func gaps() throws {
        var records = try troubled().records
        let later = records.suffix(3).map { Record(time: $0.time.advanced(by: .seconds(36_000)), content: $0.content) }
        records += later
        var replay = try ScriptedReplay(records, at: ScriptedWorker.time(59))
        replay.press(.character("b"))
        replay.type("+10h")
        replay.press(.enter, .character("e"))
        #expect(replay.position == ScriptedWorker.time(36_059))
        var through = try ScriptedReplay(records, at: ScriptedWorker.time(59))
        through.press(.character("z"))
        for _ in 0..<8 { through.press(.character("+")) }
        through.run(seconds: 1_000)
        through.press(.character("e"))
        #expect(through.text.contains("nothing was recorded for"))
    }

    @Test("a rewind comes in slices, so that keys are answered between them")
    func slices() throws {
        let workers = (0..<300).map { ScriptedWorker("gw1-w\($0)") }
        var console = ScriptedConsole(workers)
        console.run(seconds: 20)
        let replay = try ScriptedReplay(console.records, at: ScriptedWorker.time(20))
        #expect(replay.slices > 5)
        #expect(replay.text.contains("300"))
    }

    @Test("names that would hurt a terminal stay harmless in a replay")
    func hostile() throws {
        var console = ScriptedConsole([ScriptedWorker("gw\u{1B}[31m\u{202E}evil\u{200B}")])
        console.run(seconds: 3)
        console.hear(.lost(console.workers[0].id, reason: "\u{1B}]52;c;aGk=\u{07}\u{202E}"))
        console.hear(.lookup(failure: String(repeating: "x\u{1B}[2J", count: 2_000)))
        console.run(seconds: 2)
        var replay = try ScriptedReplay(console.records, at: ScriptedWorker.time(5))
        replay.press(.character("e"))
        #expect(!replay.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    }

    @Test("the header of a replay in both languages", arguments: [80, 120, 200])
    func header(_ columns: Int) throws {
        let records = try troubled().records
        let replay = try ScriptedReplay(records, columns: columns, at: ScriptedWorker.time(30))
        try Golden.check([replay.lines[0], replay.lines[replay.lines.count - 1]], "replay-header-\(columns)-en")
        try Language.$current.withValue(.spanish) {
            let replay = try ScriptedReplay(records, columns: columns, at: ScriptedWorker.time(30))
            try Golden.check([replay.lines[0], replay.lines[replay.lines.count - 1]], "replay-header-\(columns)-es")
        }
    }
}

@Suite("Times as they are typed")
struct TimePointTests {
    private let noon = UnixTime(rfc3339: "2026-03-01T12:00:00Z") ?? UnixTime(microseconds: 0)

    @Test(
        "are read relative to where one is",
        arguments: [
            ("13:04", "2026-03-01T13:04:00Z"), ("13:04:30", "2026-03-01T13:04:30Z"), ("+5m", "2026-03-01T12:05:00Z"),
            ("-90s", "2026-03-01T11:58:30Z"), ("-90", "2026-03-01T11:58:30Z"), ("-1h30m", "2026-03-01T10:30:00Z"),
            ("2026-02-28", "2026-02-28T00:00:00Z"), ("2026-02-28 21:04", "2026-02-28T21:04:00Z"),
            ("2026-02-28T21:04:30Z", "2026-02-28T21:04:30Z"),
        ])
    func relative(_ text: String, _ expected: String) {
        #expect(TimePoint.time(text, from: noon, in: nil) == UnixTime(rfc3339: expected))
    }

    @Test("a time of day is of the day that was recorded")
    func nearestDay() {
        let span = noon.advanced(by: .seconds(-40_000))...noon
        #expect(TimePoint.time("23:00", from: noon, in: span)?.description.prefix(13) == "2026-03-01T23")
        let longer = noon.advanced(by: .seconds(-60_000))...noon
        #expect(TimePoint.time("23:00", from: noon, in: longer)?.description.prefix(13) == "2026-02-28T23")
    }
}

@Suite("Looking back while capture goes on")
struct LookingBackTests {
    @Test("without a history R says so, and a pause is an instant copy with a mark in the events")
    func withoutHistory() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 5)
        #expect(console.press(.character("R")).isEmpty)
        #expect(console.text.contains("--no-history"))
        console.press(.character("p"))
        #expect(console.text.contains("PAUSED"))
        #expect(console.model.log.lines.last?.words.text.contains("paused here") ?? false)
        #expect(console.press(.character("T")).isEmpty)
    }

    @Test("R asks what is recorded, goes back there, and the fleet goes on; p returns")
    func lookBack() throws {
        var console = ScriptedConsole.fleetOfFour()
        console.model.keepsHistory = true
        console.run(seconds: 40)
        #expect(console.press(.character("R")) == [.travel(.survey)])
        let span = ScriptedWorker.epoch...ScriptedWorker.time(39)
        let target = ScriptedWorker.time(30)
        let effects = console.model.update(.travel(.span(span)))
        #expect(effects == [.travel(.read(.rewind(from: ScriptedWorker.epoch, through: target)))])
        #expect(console.text.contains("reading"))
        let records = console.records.filter { $0.time <= target }
        #expect(console.model.update(.travel(.slice(TravelSlice(records: records, isLast: true, span: span)))).isEmpty)
        #expect(console.text.contains("LOOKING BACK -10 s, at 21:04:30"))
        #expect(console.model.shown.now == target)
        console.run(seconds: 2)
        #expect(console.model.live.now == ScriptedWorker.time(42))
        #expect(console.model.shown.now == target)
        console.press(.character("p"))
        #expect(!console.text.contains("LOOKING BACK"))
    }

    @Test("from a pause T goes back from the moment that was stopped at")
    func fromPause() {
        var console = ScriptedConsole.fleetOfFour()
        console.model.keepsHistory = true
        console.run(seconds: 40)
        console.press(.character("p"))
        console.run(seconds: 5)
        #expect(console.press(.character("T")) == [.travel(.survey)])
        let span = ScriptedWorker.epoch...ScriptedWorker.time(44)
        let effects = console.model.update(.travel(.span(span)))
        #expect(effects == [.travel(.read(.rewind(from: ScriptedWorker.epoch, through: ScriptedWorker.time(39))))])
    }

    @Test("keys that come while it is read are taken together, and none is lost")
    func coalesces() {
        var console = ScriptedConsole.fleetOfFour()
        console.model.keepsHistory = true
        console.run(seconds: 40)
        console.press(.character("R"))
        let span = ScriptedWorker.epoch...ScriptedWorker.time(39)
        _ = console.model.update(.travel(.span(span)))
        for _ in 0..<5 { #expect(console.press(.character("T")).isEmpty) }
        let slice = TravelSlice(records: [], isLast: false, span: span)
        let effects = console.model.update(.travel(.slice(slice)))
        #expect(effects == [.travel(.read(.rewind(from: ScriptedWorker.epoch, through: ScriptedWorker.time(25))))])
    }

    @Test(":record begins, REC says so with its size, :record off ends it")
    func record() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 5)
        console.type(":record /tmp/a.gadrec")
        #expect(console.press(.enter).contains(.record("/tmp/a.gadrec")))
        _ = console.model.update(.recording(.wrote(.mebibytes(3))))
        console.press(.escape)
        #expect(console.lines[0].contains("REC"))
        console.type(":record off")
        #expect(console.press(.enter).contains(.stopRecording))
        _ = console.model.update(.recording(.ended))
        #expect(!console.lines[0].contains("REC"))
    }
}
