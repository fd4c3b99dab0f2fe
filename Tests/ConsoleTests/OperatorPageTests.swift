import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

/// Breakers, Redis, audit, throttles, operations, events and help.
@Suite("The operator's pages")
struct OperatorPageTests {
    private func console(_ size: ScreenSize = ScreenSize(columns: 120, rows: 40, unicode: true)) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: size.columns, rows: size.rows, unicode: size.unicode)
        console["gw1-w0"].adjust = { sample, second in
            if second >= 20 { sample.set([.publish], .open, since: 20, because: "no answer within 500 ms") }
            sample.breakers[1].override = BreakerOverride(
                state: .closed, by: "ana", reason: "drill", until: ScriptedWorker.time(300))
        }
        console.run(seconds: 31)
        console.hear(
            answers: ScriptedReplies.breakers(at: 31), ScriptedReplies.throttles(at: 31),
            ScriptedReplies.redis(at: 31), ScriptedReplies.details(at: 31),
            ScriptedReplies.audit(ScriptedReplies.chain(12), of: 12, next: nil, at: 31))
        return console
    }

    @Test("breakers", arguments: ScreenSize.all)
    func breakers(_ size: ScreenSize) throws {
        var console = console(size)
        console.go("breakers")
        try Golden.check(console.lines, "breakers-\(size.suffix)")
        console.press(.enter)
        try Golden.check(console.lines, "breaker-\(size.suffix)")
    }

    @Test("Redis", arguments: ScreenSize.all)
    func redis(_ size: ScreenSize) throws {
        var console = console(size)
        console.go("redis")
        for tab in ["topology", "clients", "pubsub", "slowlog", "streams", "keys", "events"] {
            try Golden.check(console.lines, "redis-\(tab)-\(size.suffix)")
            console.press(.tab)
        }
    }

    @Test("throttles", arguments: ScreenSize.all)
    func throttles(_ size: ScreenSize) throws {
        var console = console(size)
        console.go("throttles")
        try Golden.check(console.lines, "throttles-\(size.suffix)")
    }

    @Test("audit", arguments: ScreenSize.all)
    func audit(_ size: ScreenSize) throws {
        var console = console(size)
        console.go("audit")
        try Golden.check(console.lines, "audit-\(size.suffix)")
        console.press(.enter)
        try Golden.check(console.lines, "audit-record-\(size.suffix)")
    }

    @Test("events", arguments: ScreenSize.all)
    func events(_ size: ScreenSize) throws {
        var console = console(size)
        console.press(.character("e"))
        try Golden.check(console.lines, "events-\(size.suffix)")
    }

    @Test("a page says what is loading, and then what failed")
    func standing() {
        for (page, query) in [("throttles", FleetQuery.throttles), ("audit", .audit(AuditQuery()))] {
            var console = ScriptedConsole.fleetOfFour()
            console.run(seconds: 5)
            #expect(console.go(page).fetched == [query])
            #expect(console.text.contains("loading"))
            console.hear(answers: ScriptedReplies.failure(query, at: 5))
            #expect(console.text.contains("gw1-w0 does not tell: no word within 2 s"))
        }
    }

    @Test("throttles are added up over the workers")
    func sums() {
        var console = console()
        console.go("throttles")
        #expect(console.text.contains("430 stopped"))
        #expect(console.lines.contains { $0.contains("citizen:*") && $0.contains("900") && $0.contains("201") })
    }

    @Test("the audit reads on as one scrolls, and verifies what it has read")
    func pages() {
        let chain = ScriptedReplies.chain(120)
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 5)
        console.go("audit")
        console.hear(
            answers: ScriptedReplies.audit(Array(chain.prefix(60)), of: 120, next: "c60", at: 5))
        #expect(console.text.contains("read 60 of 120") && console.text.contains("chain verifies"))
        console.press(.end)
        console.run()
        #expect(console.effects.fetched.contains(.audit(AuditQuery(before: "c60"))))
        console.hear(
            answers: ScriptedReplies.audit(Array(chain.dropFirst(60)), of: 120, before: "c60", next: nil, at: 6))
        #expect(console.text.contains("read 120 of 120") && console.text.contains("chain verifies"))
    }

    @Test("a record that was edited breaks the chain, and says so when it is opened")
    func edited() {
        var chain = ScriptedReplies.chain(6)
        chain[0].event.target = "gw9-w9"
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 5)
        console.go("audit")
        console.hear(answers: ScriptedReplies.audit(chain, of: 6, next: nil, at: 5))
        #expect(console.text.contains("CHAIN BROKEN"))
        console.press(.enter)
        #expect(console.text.contains("IT WAS EDITED"))
    }

    @Test("without Redis the page says so, what the workers say, and how old the rest is")
    func gone() {
        var console = console()
        console.go("redis")
        for index in 0..<4 {
            console["gw1-w\(index)"].adjust = { sample, _ in
                sample.set([.publish, .registry, .stream], .open, since: 31, because: "connection refused")
                sample.echoAge = .seconds(20)
            }
        }
        console.run(seconds: 20)
        console.hear(answers: ScriptedReplies.redis(at: 51, isGone: true))
        #expect(console.text.contains("REDIS DOES NOT ANSWER: connection refused"))
        #expect(console.text.contains("the workers say: Redis away for 20 s"))
        #expect(console.text.contains("What follows was last known 20 s ago."))
        #expect(console.text.contains("10.0.0.5:6379"))
    }

    @Test("keys are looked through when asked, and not by themselves")
    func keys() {
        var console = console()
        #expect(!console.go("redis").fetched.contains(.redisKeys(.big)))
        #expect(console.press(.character("b")).fetched == [.redisKeys(.big)])
        #expect(console.text.contains("looking through the keys"))
        console.hear(answers: ScriptedReplies.keys(.big, at: 32))
        #expect(console.text.contains("900 of 900 keys looked at in 41 ms (all)"))
        #expect(console.text.contains("2.0M"))
    }

    @Test("events are filtered by regex and severity, and Enter leads to the worker of one")
    func eventDrill() {
        var console = console()
        console.press(.character("e"), .character("/"))
        console.type("critical")
        console.press(.enter)
        #expect(console.text.contains("1 of ") && !console.text.contains("appeared"))
        console.press(.enter)
        #expect(console.model.pageKind == .worker)
    }

    @Test("a pause leaves its mark in the events")
    func pauseMarks() {
        var console = console()
        console.press(.character("p"))
        console.run(seconds: 3)
        console.press(.character("p"))
        let words = console.model.log.lines.suffix(2).map(\.words.text)
        #expect(words == ["the screen was paused here; capture went on", "the screen goes on after a pause of 3 s"])
    }

    @Test("the help begins with the keys of the page it was opened from")
    func help() {
        var console = console()
        console.go("redis")
        console.press(.character("?"))
        #expect(console.lines[4].contains("On the page redis"))
        #expect(console.lines[5].contains("biggest keys"))
        #expect(console.text.contains("! Sentinel failover drill"))
    }

    @Test("hostile names reach no page")
    func hostile() {
        var event = AuditEvent(
            id: "1", time: ScriptedWorker.time(0), kind: .denied, worker: ScriptedReplies.worker,
            identity: "a\u{1b}[31m\u{202e}b", origin: String(repeating: "x", count: 10_000), role: nil,
            action: "dr\u{200b}ain", target: "\u{7}")
        event.outcome = "\u{9b}2J"
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 5)
        console.go("audit")
        let record = AuditRecord(event, after: .genesis)
        console.hear(answers: ScriptedReplies.audit([record], of: 1, next: nil, at: 5))
        for _ in 0..<2 {
            #expect(!console.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
            console.press(.enter)
        }
    }

    @Test("every size is drawn on every page", arguments: [0, 1, 2, 3, 9, 10, 11, 13, 24])
    func sizes(rows: Int) {
        var console = console()
        for page in ["breakers", "redis", "audit", "throttles", "operations", "events", "help"] {
            for columns in [0, 1, 20, 60, 61, 79, 120, 200] {
                console.resize(columns: columns, rows: rows)
                console.go(page)
                for _ in 0..<(page == "redis" ? 7 : 1) {
                    console.press(.down, .pageDown, .tab)
                    #expect(console.model.view().size == Size(columns: columns, rows: rows))
                }
                console.press(.enter)
                #expect(console.model.view().size == Size(columns: columns, rows: rows))
            }
        }
    }
}
