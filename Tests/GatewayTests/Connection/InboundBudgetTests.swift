import NIOCore
import Testing

@testable import Gateway

@Suite("Inbound budget")
struct InboundBudgetTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let rates = ClientLimits.Rates(messagesPerSecond: 10, bytesPerSecond: 1_000, joinsPerSecond: 4, burst: 2)

    @Test("a burst is let through, and then the rate")
    func burstThenRate() {
        var budget = InboundBudget(at: start)
        let burst = (0..<21).map { _ in budget.spend(messages: 1, at: start, rates) }
        #expect(burst == Array(repeating: nil, count: 20) + [.messages])
        let later = [150, 151].map { budget.spend(messages: 1, at: start + .milliseconds($0), rates) }
        #expect(later == [nil, .messages])
    }

    @Test("messages, bytes and joins run out apart, and what is refused costs nothing")
    func apart() {
        var budget = InboundBudget(at: start)
        #expect(budget.spend(messages: 1, bytes: 2_001, at: start, rates) == .bytes)
        #expect(budget.spend(messages: 1, bytes: 2_000, at: start, rates) == nil)
        #expect(budget.spend(messages: 1, bytes: 1, at: start, rates) == .bytes)
        #expect(budget.spend(joins: 8, at: start, rates) == nil)
        #expect(budget.spend(joins: 1, at: start, rates) == .joins)
        #expect(budget.spend(messages: 19, at: start, rates) == nil)
    }

    @Test("the budget of a connection stays small")
    func size() {
        #expect(MemoryLayout<InboundBudget>.stride <= 24)
    }

    @Test("a client has the rates of the first of its roles that has some")
    func roles() {
        var limits = ClientLimits()
        limits.roles = ["SENSOR": rates]
        #expect(limits.rates(for: Identity(userID: "u", roles: ["USER", "SENSOR"])) == rates)
        #expect(limits.rates(for: Identity(userID: "u", roles: ["USER"])) == .standard)
    }
}

@Suite("Token bucket")
struct TokenBucketTests {
    @Test("so many pass at once, and then so many a second")
    func rate() {
        var bucket = TokenBucket()
        let start = NIODeadline.uptimeNanoseconds(5_000_000_000)
        let passed = [0, 0, 0, 0, 499, 500].map { bucket.take(at: start + .milliseconds($0), rate: 2, burst: 3) }
        #expect(passed == [true, true, true, false, false, true])
    }
}
