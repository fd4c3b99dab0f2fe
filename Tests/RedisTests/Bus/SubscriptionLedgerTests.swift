import Testing

@testable import Redis

@Suite("Subscription ledger")
struct SubscriptionLedgerTests {
    @Test("a channel asked for is subscribed once, and told of once confirmed")
    func subscribing() {
        var ledger = connected()
        ledger.subscribe(["a", "b"])
        ledger.subscribe(["a"])
        #expect(ledger.settle() == .init(subscribe: ["a", "b"]))
        #expect(ledger.settle() == .init())
        #expect(ledger.subscribed("a") == true)
        #expect(ledger.subscribed("a") == false)
        #expect(ledger.settle() == .init())
    }

    @Test("asking again for a confirmed channel is answered without a command")
    func again() {
        var ledger = connected(with: ["a"])
        ledger.subscribe(["a"])
        #expect(ledger.settle() == .init(answer: ["a"]))
        #expect(ledger.settle() == .init())
    }

    @Test("a channel no longer wanted is unsubscribed, and may be subscribed again")
    func unsubscribing() {
        var ledger = connected(with: ["a"])
        ledger.unsubscribe(["a", "never asked for"])
        #expect(ledger.settle() == .init(unsubscribe: ["a"]))
        ledger.unsubscribed("a")
        #expect(ledger.settle() == .init())
        ledger.subscribe(["a"])
        #expect(ledger.settle() == .init(subscribe: ["a"]))
    }

    @Test("what is taken back within one turn costs no command")
    func sameTurn() {
        var ledger = connected(with: ["b"])
        ledger.subscribe(["a"])
        ledger.unsubscribe(["a"])
        ledger.unsubscribe(["b"])
        ledger.subscribe(["b"])
        #expect(ledger.settle() == .init(answer: ["b"]))
    }

    @Test("an unsubscribe that overtakes a confirmation wins, and the confirmation is not told")
    func unsubscribeRace() {
        var ledger = connected()
        ledger.subscribe(["a"])
        _ = ledger.settle()
        ledger.unsubscribe(["a"])
        #expect(ledger.settle() == .init())
        #expect(ledger.subscribed("a") == false)
        #expect(ledger.settle() == .init(unsubscribe: ["a"]))
    }

    @Test("a subscribe during an unsubscribe waits for it, then is done and told")
    func subscribeRace() {
        var ledger = connected(with: ["a"])
        ledger.unsubscribe(["a"])
        _ = ledger.settle()
        ledger.subscribe(["a"])
        #expect(ledger.settle() == .init())
        ledger.unsubscribed("a")
        #expect(ledger.settle() == .init(subscribe: ["a"]))
        #expect(ledger.subscribed("a") == true)
    }

    @Test("whatever the order of calls and answers, the last call decides", arguments: 0..<64)
    func lastCallDecides(calls: Int) {
        var ledger = connected()
        var inFlight = SubscriptionLedger.Settlement()
        for bit in 0..<6 {
            let wanted = calls >> bit & 1 == 1
            if wanted { ledger.subscribe(["a"]) } else { ledger.unsubscribe(["a"]) }
            if bit.isMultiple(of: 2) { inFlight = ledger.settle() } else { answer(inFlight, to: &ledger) }
        }
        for _ in 0..<2 { answer(ledger.settle(), to: &ledger) }
        ledger.subscribe(["a"])
        let wanted = calls >> 5 & 1 == 1
        #expect(ledger.settle() == (wanted ? .init(answer: ["a"]) : .init(subscribe: ["a"])))
    }

    @Test("after a loss everything wanted is subscribed again and told again, and nothing else")
    func reconnection() {
        var ledger = connected(with: ["a", "b"])
        ledger.unsubscribe(["b"])
        _ = ledger.settle()
        ledger.subscribe(["c"])
        ledger.connected()
        let settlement = ledger.settle()
        #expect(settlement.subscribe.sorted() == ["a", "c"] && settlement.unsubscribe.isEmpty)
        #expect(ledger.subscribed("a") == true)
        #expect(ledger.subscribed("c") == true)
    }

    @Test("it is restored when each channel of before is confirmed or given up")
    func restoring() {
        var ledger = connected(with: ["a", "b"])
        #expect(ledger.isRestored)
        ledger.connected()
        ledger.subscribe(["later"])
        _ = ledger.settle()
        #expect(!ledger.isRestored)
        _ = ledger.subscribed("a")
        #expect(!ledger.isRestored)
        ledger.unsubscribe(["b"])
        #expect(ledger.isRestored)
    }

    @Test("what is asked for without a connection is subscribed when there is one")
    func beforeConnection() {
        var ledger = SubscriptionLedger()
        ledger.subscribe(["a"])
        ledger.connected()
        #expect(ledger.settle() == .init(subscribe: ["a"]))
    }

    private func connected(with channels: [String] = []) -> SubscriptionLedger {
        var ledger = SubscriptionLedger()
        ledger.connected()
        ledger.subscribe(channels)
        answer(ledger.settle(), to: &ledger)
        _ = ledger.settle()
        return ledger
    }

    private func answer(_ settlement: SubscriptionLedger.Settlement, to ledger: inout SubscriptionLedger) {
        for channel in settlement.unsubscribe { ledger.unsubscribed(channel) }
        for channel in settlement.subscribe { _ = ledger.subscribed(channel) }
    }
}
