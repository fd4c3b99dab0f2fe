import AdminAPI
import FleetModel
import Foundation
import Testing

@Suite("The OpenAPI document")
struct OpenAPITests {
    typealias Object = [String: Any]

    let document: Object

    init() throws {
        document = try #require(
            try JSONSerialization.jsonObject(with: Data(OpenAPI.document)) as? Object)
    }

    func schema(_ name: String) throws -> Object {
        let components = try #require(document["components"] as? Object)
        return try #require((components["schemas"] as? Object)?[name] as? Object)
    }

    @Test("is of version 3.1")
    func version() {
        #expect((document["openapi"] as? String)?.hasPrefix("3.1.") == true)
    }

    @Test("has exactly the routes of the code, each with exactly its methods")
    func routes() throws {
        let paths = try #require(document["paths"] as? [String: Object])
        let described = paths.mapValues { Set($0.keys.map { $0.uppercased() }) }
        let coded = Dictionary(uniqueKeysWithValues: AdminRoute.allCases.map { ($0.rawValue, Set($0.methods)) })
        #expect(described == coded)
    }

    @Test("refers only to schemas that it has, and has none that nothing refers to")
    func references() throws {
        let text = String(decoding: OpenAPI.document, as: UTF8.self)
        let referred = Set(text.matches(of: #/"#\/components\/schemas\/(\w+)"/#).map { String($0.1) })
        let components = try #require(document["components"] as? Object)
        let had = Set(try #require(components["schemas"] as? Object).keys).subtracting(["WorkerSample"])
        #expect(referred.subtracting(["WorkerSample"]) == had)
    }

    @Test("describes what the worker really sends")
    func examples() throws {
        for example in try Example.all {
            let value = try JSONSerialization.jsonObject(with: Data(example.json))
            try check(value, against: ["$ref": "#/components/schemas/\(example.schema)"], at: example.schema)
        }
    }

    @Test(
        "names every value of the enumerations",
        arguments: [
            ("WorkerState", nil, WorkerState.allCases.map(\.rawValue)),
            ("Criticality", nil, Criticality.allCases.map(\.rawValue)),
            ("DrainStatus", "phase", DrainPhase.allCases.map(\.rawValue)),
            ("ShedStatus", "phase", ShedStatus.Phase.allCases.map(\.rawValue)),
            ("BreakerState", nil, BreakerState.allCases.map(\.rawValue)),
            ("BreakerReport", "name", BreakerName.allCases.map(\.rawValue)),
            ("DegradationReport", "level", DegradationLevel.allCases.map(\.rawValue)),
            ("DropCount", "reason", DropReason.allCases.map(\.rawValue)),
            ("ProbeReport", "phase", ProbeReport.Phase.allCases.map(\.rawValue)),
            ("ProbeReceipts", "lane", ProbeLane.allCases.map(\.rawValue)),
            ("BreakerOrder", "name", BreakerName.allCases.map(\.rawValue)),
            ("BreakerOrder", "mode", BreakerOrder.Mode.allCases.map(\.rawValue)),
            ("BroadcastReceipt", "outcome", BroadcastReceipt.Outcome.allCases.map(\.rawValue)),
            ("OperationPlan", "kind", OperationKind.allCases.map(\.rawValue)),
            ("OperationProgress", "phase", OperationPhase.allCases.map(\.rawValue)),
            ("OperationOutcome", "status", OperationOutcome.Status.allCases.map(\.rawValue)),
            ("AccessRole", nil, AccessRole.allCases.map(\.rawValue)),
            ("RedisGap", "part", RedisGap.Part.allCases.map(\.rawValue)),
            ("RedisKeyReport", "kind", RedisKeyKind.allCases.map(\.rawValue)),
            ("RedisKeyReport", "measure", RedisKeyMeasure.allCases.map(\.rawValue)),
            ("AuditRecord", "kind", AuditEvent.Kind.allCases.map(\.rawValue)),
        ] as [(String, String?, [String])])
    func enumerations(_ name: String, _ property: String?, _ values: [String]) throws {
        var schema = try schema(name)
        if let property { schema = try #require((schema["properties"] as? Object)?[property] as? Object) }
        #expect(Set(schema["enum"] as? [String] ?? []) == Set(values))
    }

    @Test(
        "names every order of the lists",
        arguments: [
            (AdminRoute.rooms, RoomListOrder.allCases.map(\.rawValue)),
            (.connections, ConnectionListOrder.allCases.map(\.rawValue)),
        ])
    func orders(_ route: AdminRoute, _ values: [String]) throws {
        let paths = try #require(document["paths"] as? [String: [String: Object]])
        let parameters = try #require(paths[route.rawValue]?["get"]?["parameters"] as? [Object])
        let order = try #require(parameters.first { $0["name"] as? String == "order" }?["schema"] as? Object)
        #expect(order["enum"] as? [String] == values)
    }

    /// The value has every required property and none that is not described, all the way down.
    func check(_ value: Any, against given: Object, at path: String) throws {
        let name = (given["$ref"] as? String)?.split(separator: "/").last
        let schema = try name.map { try self.schema(String($0)) } ?? given
        switch value {
        case let object as Object:
            let properties = try #require(schema["properties"] as? [String: Object], "\(path) is no object")
            let required = Set(schema["required"] as? [String] ?? [])
            #expect(Set(object.keys).isSubset(of: properties.keys), "\(path)")
            #expect(required.isSubset(of: object.keys), "\(path)")
            for (key, inner) in object { try check(inner, against: properties[key] ?? [:], at: "\(path).\(key)") }
        case let list as [Any]:
            let items = try #require(schema["items"] as? Object, "\(path) is no array")
            for inner in list { try check(inner, against: items, at: "\(path)[]") }
        case is String: #expect(schema["type"] as? String == "string", "\(path)")
        default: #expect(["integer", "number", "boolean"].contains(schema["type"] as? String), "\(path)")
        }
    }

    struct Example {
        let schema: String
        let json: [UInt8]

        init(_ schema: String, _ value: some Encodable) throws {
            self.schema = schema
            json = try AdminJSON.encode(value)
        }

        /// Every value with all its optional parts, and once without.
        static var all: [Example] {
            get throws {
                let full = try SampleCodecTests.full()
                let time = full.time
                let worker = full.worker
                let room = try #require(RoomName("r"))
                let connection = ConnectionInfo(
                    connectionID: "c", userID: "u", role: "ADMIN", remoteAddress: "127.0.0.1:1", connectedAt: time,
                    lastHeardAt: time, rooms: [room], queueBytes: .zero, queueMessages: 1,
                    heartbeat: ConnectionHeartbeat(dueAt: time, pingedAt: time, stalledSince: time))
                return try [
                    try Example("WorkerSample", full),
                    try Example(
                        "WorkerSample",
                        WorkerSample(worker: worker, node: "n", version: "1", pid: 1, time: time, startedAt: time)),
                    try Example(
                        "WorkerIdentity",
                        WorkerIdentity(
                            worker: worker, node: "n", version: "1", pid: 1, startedAt: time, sharedPort: 1,
                            workerPort: 2, state: .active)),
                    try Example(
                        "RoomPage",
                        Page(
                            items: [RoomInfo(room: room, criticality: .critical, connections: 1)], total: 1,
                            nextCursor: "c")),
                    try Example("ConnectionPage", Page(items: [connection], total: 1, nextCursor: nil)),
                    try Example(
                        "AckPage",
                        Page(
                            items: [
                                AckReport(
                                    messageID: "m", room: room, offset: "1-0", epoch: "e", publishedAt: time,
                                    delivered: 2, acknowledged: 1)
                            ], total: 1, nextCursor: nil)),
                    try Example("DrainRequest", DrainRequest(ratePerSecond: 1, deadlineSeconds: 2, reason: "r")),
                    try Example("DrainReport", DrainReport(worker: worker, state: .draining, drain: full.drain)),
                    try Example("ShedRequest", ShedRequest(count: 1, ratePerSecond: 2, rooms: "r*")),
                    try Example("ShedStopRequest", ShedStopRequest(reason: "r")),
                    try Example("ShedReport", ShedReport(worker: worker, state: .active, shed: full.shed)),
                    try Example("BreakersReport", breakers(full)),
                ] + (try acts(worker, room, connection, time)) + [
                    try Example("DegradationStatus", degradation(full)),
                    try Example("ScaleReport", scale(worker)),
                    try Example("RedisReport", DrillExamples.redis(worker, time)),
                    try Example("RedisDetails", RedisExamples.details(worker, time)),
                    try Example("RedisDetails", RedisDetails(worker: worker, at: time, primary: "")),
                    try Example("RedisKeyReport", RedisExamples.keys(worker, time)),
                    try Example("ProbeReport", DrillExamples.probes(worker, time)),
                    try Example("ProbeReport", ProbeReport(worker: worker, at: time)),
                    try Example("ProbeOrder", ProbeOrder(drill: "d", duration: .seconds(60))),
                    try Example("DrillNote", DrillNote(mode: "crash", verdict: "pass")),
                    try Example("FailoverRequest", FailoverRequest(reason: "r")),
                    try Example(
                        "FailoverReport", FailoverReport(worker: worker, at: time, sentinel: "s:1", primary: "p:1")),
                    try Example(
                        "AccessReport",
                        AccessReport(
                            worker: worker, identity: "i", origin: "o", granted: .admin, effective: .viewer)),
                    try Example("AuditPage", audit(full)),
                    try Example("AdminError", AdminError(.internal, "m")),
                ] + operations(full)
            }
        }

        static func operations(_ full: WorkerSample) throws -> [Example] {
            let time = full.time
            let plan = OperationPlan(
                kind: .drain, targets: [full.worker], parameters: ["rate_per_second": "5"],
                snapshot: [.init(worker: full.worker, state: .active, connections: 3)], takenAt: time)
            let state = OperationRecord.Progress(
                phase: .running, progress: 0.5, note: "n",
                workers: [.init(worker: full.worker, words: "w", progress: 1, failed: true)])
            let steps = [OperationRecord.Step(at: time, words: "s")]
            let record = OperationRecord(
                id: "i", plan: plan, planHash: "h", fence: 1, leader: "l", origin: "o", reason: "r", startedAt: time,
                updatedAt: time, leaseEndsAt: time, state: state, steps: steps,
                cancel: .init(by: "b", reason: "r", at: time), outcome: OperationOutcome(.done, "w"))
            return [
                try Example("OperationRecord", record),
                try Example("OperationList", OperationList(items: [record])),
                try Example("OperationStart", OperationStart(plan: plan, planHash: "h", reason: "r")),
                try Example(
                    "OperationNews",
                    OperationNews(id: "i", fence: 1, state: state, steps: steps, outcome: record.outcome)),
                try Example("OperationReference", OperationReference(id: "i", reason: "r")),
                try Example("SafetyState", SafetyState(engaged: true, reason: "r", by: "b", at: time)),
            ]
        }

        static func audit(_ full: WorkerSample) -> AuditPage {
            var event = AuditEvent(
                id: "i", time: full.time, kind: .outcome, worker: full.worker, identity: "i", origin: "o", role: .admin,
                action: "drain", target: "w")
            (event.reason, event.planHash, event.operation, event.before) = ("r", "h", "o", "b")
            (event.after, event.outcome, event.begun) = ("a", "done", "b")
            return AuditPage(
                worker: full.worker, items: [AuditRecord(event, after: .genesis)], head: .genesis, unreadable: ["1-0"],
                nextCursor: "c", trail: AuditTrailState(file: "f", sequence: 1, fault: "f", waiting: 0))
        }

        /// The single acts of operators.
        static func acts(
            _ worker: WorkerID, _ room: RoomName, _ connection: ConnectionInfo, _ time: UnixTime
        ) throws -> [Example] {
            let pattern = try #require(RoomPattern("ops:*"))
            let id = try #require(BroadcastID(.critical, unique: "12345678"))
            let rule = ThrottleRule(
                pattern: pattern, ratePerSecond: 1, overridesCritical: false, setBy: "u", reason: "r", setAt: time,
                expiresAt: time)
            let item = ThrottleList.Item(rule: rule, sharePerSecond: 0.5, passed: 1, hitsPublished: 2, hitsDelivered: 3)
            let targets: [BroadcastTarget] = [.room(room), .role("r"), .user("u"), .everyone]
            let broadcasts = try targets.map {
                try Example(
                    "BroadcastOrder",
                    BroadcastOrder(id, to: $0, message: "m", eventType: "e", requireAck: true, reason: "r"))
            }
            let others: [Example] = [
                try Example(
                    "ThrottleOrder",
                    ThrottleOrder(
                        pattern: pattern, ratePerSecond: 1, forSeconds: 2, overrideCritical: true, reason: "r")),
                try Example("ThrottleClearOrder", ThrottleClearOrder(pattern: pattern, reason: "r")),
                try Example("ThrottleList", ThrottleList(worker: worker, workers: 2, items: [item])),
                try Example(
                    "ThrottlePreview", ThrottlePreview(of: pattern, worker: worker, rooms: [room: 1], .standard)),
                try Example(
                    "BroadcastReceipt",
                    BroadcastReceipt(
                        worker: worker, messageID: id.rawValue, outcome: .streamed, criticality: .critical,
                        offset: "1-0")
                ),
                try Example("BreakerOrder", BreakerOrder(name: .stream, mode: .open, forSeconds: 1, reason: "r")),
                try Example("KickOrder", KickOrder(connectionID: "c", userID: "u", mayReturn: true, reason: "r")),
                try Example("KickReport", KickReport(worker: worker, connection: connection, closeCode: 3507)),
            ]
            return broadcasts + others
        }

        static func breakers(_ full: WorkerSample) -> BreakersReport {
            let transition = BreakerTransition(time: full.time, state: .open, reason: "r")
            return BreakersReport(
                worker: full.worker, items: full.breakers.map { .init(breaker: $0, history: [transition]) })
        }

        static func degradation(_ full: WorkerSample) throws -> DegradationStatus {
            let report = try #require(full.degradation)
            return DegradationStatus(worker: full.worker, current: report, history: [report], changesTotal: 1)
        }

        static func scale(_ worker: WorkerID) -> ScaleReport {
            let figure = BoundedFigure(1, bound: 2)
            return ScaleReport(
                worker: worker, signal: .hold, desired: 0.5, reasons: ["r"],
                inputs: .init(
                    connections: figure, churnPerMinute: figure, latencyP95Seconds: figure, queueShare: figure,
                    loopLagSeconds: figure))
        }
    }
}
