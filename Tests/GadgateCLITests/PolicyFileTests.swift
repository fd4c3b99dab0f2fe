import FleetModel
import Gateway
import Testing

@testable import GadgateCLI

@Suite("The sections of the configuration file")
struct PolicyFileTests {
    func policy(_ text: String) throws -> GatewayPolicy { try ConfigurationFile(text, path: "g.yaml").policy }

    func refusal(_ text: String) -> String {
        do {
            _ = try policy(text)
            return ""
        } catch { return "\(error)" }
    }

    @Test("what is left out keeps its default", arguments: ["", "# nothing", "port: 80", "classes: {critical: {}}"])
    func defaults(_ text: String) throws {
        #expect(try policy(text) == GatewayPolicy())
    }

    @Test("values are taken in their units, beside settings of the start")
    func values() throws {
        let text = """
            port: 7000
            classes:
              critical: {heartbeat_interval: 20s, queue_bytes: 8MiB}
              best_effort: {drop: coalesce, rate: 500}
            streams: {retention: 2d}
            degradation: {loop_lag: {shed_important: 2s}}
            storms: {factor: 2.5}
            """
        var expected = GatewayPolicy()
        expected.classes.critical.heartbeatInterval = .seconds(20)
        expected.classes.critical.queueBytes = .mebibytes(8)
        expected.classes.bestEffort.drop = .coalesce
        expected.classes.bestEffort.rate = 500
        expected.streams.retention = .seconds(172_800)
        expected.degradation.loopLag.third = 2
        expected.storms.factor = 2.5
        #expect(try policy(text) == expected)
    }

    @Test("rooms are ordered rules, and an empty prefix fits every room")
    func rooms() throws {
        let text = """
            rooms:
              - {prefix: "gov:test:", class: best_effort}
              - {prefix: "gov:", class: critical}
              - {prefix: "", class: important}
            """
        let rules = try policy(text).rules
        let classes = try ["gov:test:a", "gov:a", "a"].map { rules.criticality(of: try #require(RoomName($0))) }
        #expect(classes == [.bestEffort, .critical, .important])
    }

    @Test("who may join and publish is anyone, any role, or a list; what a rule leaves out is as without it")
    func access() throws {
        let text = """
            access:
              rooms:
                - {prefix: "gov:", join: [OPERATOR, ADMIN], publish: [ADMIN]}
                - {prefix: "ops:", join: any_role}
                - {prefix: "a:", publish: []}
              publish: anyone
            """
        let access = try policy(text).access
        #expect(access.publish == .anyone)
        #expect(
            access.rules == [
                AccessRules.Rule(prefix: "gov:", join: .roles(["OPERATOR", "ADMIN"]), publish: .roles(["ADMIN"])),
                AccessRules.Rule(prefix: "ops:", join: .anyRole, publish: .anyone),
                AccessRules.Rule(prefix: "a:", join: .anyone, publish: .roles([])),
            ])
    }

    @Test("a role's limits leave the rest as for everyone, wherever in the file that stands")
    func roles() throws {
        let text = """
            limits:
              roles: {FIELD: {messages_per_second: 7}}
              bytes_per_second: 64KiB
              burst: 3s
              origins: ["https://example.org", "http://localhost:8000"]
            """
        let limits = try policy(text).limits
        #expect(limits.standard.bytesPerSecond == 65_536)
        let field = ClientLimits.Rates(messagesPerSecond: 7, bytesPerSecond: 65_536, joinsPerSecond: 1_000, burst: 3)
        #expect(limits.roles == ["FIELD": field])
        #expect(limits.origins == ["https://example.org", "http://localhost:8000"])
    }

    @Test(
        "what is wrong is refused with file, line, key and what is allowed",
        arguments: [
            (
                "port: 80\nclasses:\n  critical:\n    rate: 10x",
                "g.yaml:4: classes.critical.rate: \"10x\" is not allowed: give a whole number from 1 to 1000000, or none"
            ),
            (
                "streams:\n  replicas: -1",
                "g.yaml:2: streams.replicas: \"-1\" is not allowed: give a whole number from 0 to 16"
            ),
            (
                "limits: {burst: 1500ms}",
                "g.yaml:1: limits.burst: \"1500ms\" is not allowed: give a time from 1s to 1m, in whole seconds"
            ),
            (
                "queues:\n  worker_bytes: [1MiB]",
                "g.yaml:2: queues.worker_bytes: a list is not allowed: give a size from 1MiB to 64GiB, like 64KiB or 1MiB"
            ),
            (
                "storms:\n  factor: {a: 1}",
                "g.yaml:2: storms.factor: a mapping is not allowed: give a number from 1.5 to 1000"
            ),
            (
                "storms:\n  factor:",
                "g.yaml:2: storms.factor: no value is given: give a number from 1.5 to 1000, or leave the key out"
            ),
            (
                "storms: 5",
                "g.yaml:1: storms: this is no mapping: give \"key: value\" for each setting, or leave the key out"
            ),
            (
                "queues:\n  worker_byte: 1MiB",
                "g.yaml:2: queues.worker_byte: there is no setting of this name; there are worker_bytes, intake_bytes"
            ),
            ("rooms:\n  - {prefix: \"gov:\"}", "g.yaml:2: rooms[0].class: this key is missing"),
            (
                "rooms:\n- {prefix: gov, class: urgent}",
                "g.yaml:2: rooms[0].class: \"urgent\" is not allowed: give one of critical, important, best_effort"
            ),
            (
                "rooms:\n- {prefix: \"a b\", class: critical}",
                "g.yaml:2: rooms[0].prefix: \"a b\" is not allowed: give the beginning of room names, at most 128 of "
                    + "A-Za-z0-9:_.-"
            ),
            ("rooms: {prefix: a}", "g.yaml:1: rooms: this is no list: give a list of rules, each with a prefix"),
            (
                "access: {publish: ADMIN}",
                "g.yaml:1: access.publish: \"ADMIN\" is not allowed: give anyone, any_role, or a list of roles like [ADMIN]"
            ),
            (
                "access:\n  publish:\n    - A\n    - A",
                "g.yaml:4: access.publish[1]: \"A\" is given twice; leave one out"
            ),
            (
                "limits:\n  origins:\n  - https://example.org/",
                "g.yaml:3: limits.origins[0]: \"https://example.org/\" is not allowed: give an origin like "
                    + "https://example.org or http://localhost:8000, in small letters and without a path"
            ),
            (
                "queues:\n  worker_bytes: 1MiB\n  worker_bytes: 2MiB",
                "g.yaml:2: worker_bytes: this key is given twice; leave one out"
            ),
        ])
    func wrong(_ text: String, _ words: String) {
        #expect(refusal(text) == words)
    }

    @Test(
        "values that contradict each other are refused where they stand",
        arguments: [
            (
                "classes:\n  critical:\n    drop: drop_oldest",
                "g.yaml:3: classes.critical.drop: \"drop_oldest\" contradicts \"delivery: stream\", which promises every "
                    + "message: give drop: close"
            ),
            (
                "classes:\n  important:\n    delivery: stream",
                "g.yaml:2: classes.important.drop: \"drop_oldest\" contradicts \"delivery: stream\", which promises every "
                    + "message: give drop: close"
            ),
            (
                "classes:\n  critical:\n    delivery: pubsub\n    rate: 5",
                "g.yaml:4: classes.critical.rate: a rate would lose critical messages: critical allows none only"
            ),
            (
                "rooms:\n- {prefix: \"gov:\", class: critical}\n- {prefix: \"gov:a\", class: important}",
                "g.yaml:3: rooms[1].prefix: \"gov:a\" is never reached: rooms[0] with \"gov:\" comes before it; put the "
                    + "longer prefix first, or leave one out"
            ),
            (
                "streams: {maximum_length: 200}",
                "g.yaml:1: streams.maximum_replay: 300 are more than the 200 that maximum_length keeps"
            ),
            (
                "breakers:\n  open_for: 1m",
                "g.yaml:1: breakers.longest_open: 30s are less than the 1m of open_for, which the wait begins with"
            ),
            (
                "degradation:\n  queue_share:\n    shed_important: 0.6",
                "g.yaml:3: degradation.queue_share.shed_important: 0.6 is below the 0.75 of shed_best_effort, which comes first"
            ),
            (
                "queues: {worker_bytes: 2MiB}",
                "g.yaml:1: classes.critical.queue_bytes: one client's 4MiB are more than the 2MiB of queues.worker_bytes, "
                    + "which all clients share"
            ),
        ])
    func contradictions(_ text: String, _ words: String) {
        #expect(refusal(text) == words)
    }

    @Test("what is no YAML is refused with its line, and nothing of the text is repeated")
    func noYAML() {
        let words = refusal("port: 80\nredis: redis://:hunter2@host\n  bad: [")
        #expect(words.hasPrefix("g.yaml:3: not YAML: "))
        #expect(!words.contains("hunter2"))
        #expect(refusal("a: b\n---\nc: d").hasPrefix("g.yaml:"))
        #expect(refusal("- a").hasPrefix("g.yaml:1: this is no mapping"))
    }
}
