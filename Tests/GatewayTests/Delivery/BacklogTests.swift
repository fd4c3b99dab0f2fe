import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("What waits for a client that is behind")
struct BacklogTests {
    @Test("critical messages leave first, then important ones, then best effort, each in their order")
    func lanes() {
        var backlog = Backlog()
        for (text, criticality) in [
            ("b1", Criticality.bestEffort), ("i1", .important), ("c1", .critical), ("b2", .bestEffort),
            ("c2", .critical), ("i2", .important),
        ] {
            add(text, criticality, to: &backlog, policy())
        }
        #expect(drained(&backlog) == ["c1", "c2", "i1", "i2", "b1", "b2"])
        #expect(backlog.isEmpty && backlog.bytes == 0)
    }

    @Test("with drop_oldest, the oldest of the class make room for the youngest, by count and by bytes")
    func dropOldest() {
        var backlog = Backlog()
        add("c", .critical, to: &backlog, policy())
        for number in 1...3 { add("b\(number)", .bestEffort, to: &backlog, policy(messages: 3)) }
        #expect(add("b4", .bestEffort, to: &backlog, policy(messages: 3)) == .queued(coalesced: 0, evicted: 1))
        let large = message(String(repeating: "x", count: 100), .bestEffort)
        let bytes = policy(bytes: large.cost + message("b4", .bestEffort).cost)
        #expect(backlog.add(large, bytes, spare: .max) == .queued(coalesced: 0, evicted: 2))
        #expect(drained(&backlog) == ["c", "b4", String(repeating: "x", count: 100)])
    }

    @Test("a message that is larger than its lane is dropped itself and pushes nothing out")
    func oversized() {
        var backlog = Backlog()
        add("b1", .bestEffort, to: &backlog, policy())
        let large = message(String(repeating: "x", count: 1_000), .bestEffort)
        #expect(backlog.add(large, policy(bytes: 500), spare: .max) == .refused(.queueFull))
        #expect(drained(&backlog) == ["b1"])
    }

    @Test("with coalesce, a younger message takes out the one with its key and waits at the end")
    func coalesce() {
        var backlog = Backlog()
        let policy = policy(messages: 3, drop: .coalesce)
        for (text, key) in [("a1", "a"), ("b1", "b"), ("none", nil)] {
            #expect(add(text, .bestEffort, key, to: &backlog, policy) == .queued(coalesced: 0, evicted: 0))
        }
        #expect(add("a2", .bestEffort, "a", to: &backlog, policy) == .queued(coalesced: 1, evicted: 0))
        #expect(backlog.count(.bestEffort) == 3)
        #expect(add("c1", .bestEffort, "c", to: &backlog, policy) == .queued(coalesced: 0, evicted: 1))
        #expect(drained(&backlog) == ["none", "a2", "c1"])
    }

    @Test("one key written a thousand times waits once, and takes the memory of one")
    func coalescedOften() {
        var backlog = Backlog()
        let policy = policy(drop: .coalesce)
        add("first", .bestEffort, "other", to: &backlog, policy)
        for number in 1...1_000 { add("n\(number)", .bestEffort, "key", to: &backlog, policy) }
        #expect(backlog.count(.bestEffort) == 2)
        #expect(backlog.bytes == message("first", .bestEffort).cost + message("n1000", .bestEffort).cost)
        add("last", .bestEffort, "other", to: &backlog, policy)
        #expect(drained(&backlog) == ["n1000", "last"])
    }

    @Test("with close, a full lane asks for the client to be closed")
    func close() {
        var backlog = Backlog()
        let policy = policy(messages: 2, drop: .close)
        for text in ["c1", "c2"] { add(text, .critical, to: &backlog, policy) }
        #expect(add("c3", .critical, to: &backlog, policy) == .overflow(.queueFull))
    }

    @Test("with the worker full, best effort and important are dropped, and a critical message closes the client")
    func workerFull() {
        var backlog = Backlog()
        #expect(backlog.add(message("b", .bestEffort), policy(), spare: 10) == .refused(.workerFull))
        #expect(backlog.add(message("i", .important), policy(), spare: 0) == .refused(.workerFull))
        #expect(backlog.add(message("c", .critical), policy(), spare: -1) == .overflow(.workerFull))
        #expect(backlog.isEmpty)
    }

    @Test("a state is brought up to date also with the worker full: it takes the place of one that waits")
    func workerFullOfStates() {
        var backlog = Backlog()
        let policy = policy(drop: .coalesce)
        add("a1", .bestEffort, "a", to: &backlog, policy)
        let younger = message("a2", .bestEffort, "a")
        #expect(backlog.add(younger, policy, spare: 0) == .queued(coalesced: 1, evicted: 0))
        #expect(drained(&backlog) == ["a2"])
    }

    @Test("a state that is too large to wait does not take away the one before it")
    func largeState() {
        var backlog = Backlog()
        let policy = policy(bytes: 100, drop: .coalesce)
        add("a1", .bestEffort, "a", to: &backlog, policy)
        let large = message(String(repeating: "x", count: 100), .bestEffort, "a")
        #expect(backlog.add(large, policy, spare: .max) == .refused(.queueFull))
        #expect(drained(&backlog) == ["a1"])
    }

    @Test("no more is handed out than the channel takes")
    func steps() {
        var backlog = Backlog()
        for text in ["12345", "678"] { add(text, .bestEffort, to: &backlog, policy()) }
        #expect(backlog.popFirst(within: 4) == nil)
        #expect(backlog.popFirst(within: 5).map { String(buffer: $0.frame) } == "12345")
        #expect(backlog.count(.bestEffort) == 1)
    }

    @Test("the last parts of the worker's bound are kept for what matters more")
    func shares() {
        let load = WorkerLoad()
        load.add(850)
        let spare = Criticality.allCases.map { load.spare(for: $0, of: ByteCount(1_000)) }
        #expect(spare == [150, 50, -50])
    }

    private func policy(
        bytes: Int = 1 << 20, messages: Int = 1_000, drop: ClassPolicy.DropPolicy = .dropOldest
    ) -> ClassPolicy {
        var policy = ClassPolicies().bestEffort
        policy.queueBytes = ByteCount(Int64(bytes))
        policy.queueMessages = messages
        policy.drop = drop
        return policy
    }

    private func message(_ text: String, _ criticality: Criticality, _ key: String? = nil) -> OutboundMessage {
        OutboundMessage(
            frame: ByteBuffer(string: text), criticality: criticality, publishedAt: .now(), coalesceKey: key)
    }

    @discardableResult
    private func add(
        _ text: String, _ criticality: Criticality, _ key: String? = nil, to backlog: inout Backlog,
        _ policy: ClassPolicy
    ) -> Backlog.Outcome {
        backlog.add(message(text, criticality, key), policy, spare: .max)
    }

    private func drained(_ backlog: inout Backlog) -> [String] {
        var texts: [String] = []
        while let message = backlog.popFirst() { texts.append(String(buffer: message.frame)) }
        return texts
    }
}
