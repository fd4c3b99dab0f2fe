import Testing

@testable import LoadGenerator

struct RetryQueueTests {
    private var random = SplitMix64(seed: 3)
    private let second: UInt64 = 1_000_000_000

    @Test("messages go one at a time, in order, also when one has to go again")
    mutating func order() {
        var queue = RetryQueue<Int>(patience: .seconds(30))
        #expect(published(queue.add(1, at: 0)) == 1)
        #expect(published(queue.add(2, at: 0)) == nil)
        let (givenUp, action) = queue.failed(at: second, random: &random)
        #expect(givenUp == nil)
        guard case .wait = action else {
            Issue.record("it did not wait")
            return
        }
        #expect(published(queue.retry()) == 1)
        let (taken, next) = queue.taken()
        #expect(taken == 1)
        #expect(published(next) == 2)
        let (last, _) = queue.taken()
        #expect(last == 2)
        #expect(queue.isEmpty)
    }

    @Test("a message that has been tried for too long is given up, and the one after it goes on")
    mutating func patience() {
        var queue = RetryQueue<Int>(patience: .seconds(30))
        _ = queue.add(1, at: 0)
        _ = queue.add(2, at: 20 * second)
        let (first, _) = queue.failed(at: 30 * second, random: &random)
        #expect(first == 1)
        #expect(published(queue.retry()) == 2)
        let (other, _) = queue.failed(at: 31 * second, random: &random)
        #expect(other == nil)
        #expect(queue.giveUp() == [2])
        #expect(queue.isEmpty)
    }

    @Test("a long queue stays in order")
    mutating func long() {
        var queue = RetryQueue<Int>(patience: .seconds(30))
        for number in 0..<5_000 { _ = queue.add(number, at: 0) }
        let taken = (0..<5_000).map { _ in queue.taken().0 }
        #expect(taken == Array(0..<5_000))
    }

    private func published(_ action: RetryQueue<Int>.Action) -> Int? {
        if case .publish(let message) = action { message } else { nil }
    }
}
