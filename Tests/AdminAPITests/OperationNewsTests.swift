import AdminAPI
import FleetModel
import Testing

@Suite("News of an operation")
struct OperationNewsTests {
    private let now = UnixTime(microseconds: 10_000_000_000)

    private func news(sentAt: UnixTime?) -> OperationNews {
        let sent = sentAt ?? now
        return OperationNews(
            id: "one", fence: 1, state: .init(phase: .running, progress: 0, note: "", workers: []),
            steps: [.init(at: sent.advanced(by: .seconds(-1)), words: "ordered")], outcome: nil, sentAt: sentAt)
    }

    @Test("has its steps at the worker's time, however wrong the leader's clock", arguments: [3_600, -3_600])
    func wrongClock(seconds: Int) {
        let told = news(sentAt: now.advanced(by: .seconds(seconds))).onClock(now)
        #expect(told.steps.map(\.at) == [now.advanced(by: .seconds(-1))])
        #expect(told.sentAt == now)
    }

    @Test("is taken as it is from a clock that is right, and from leaders that do not tell theirs")
    func rightClock() {
        let late = now.advanced(by: .seconds(1))
        #expect(news(sentAt: now).onClock(late) == news(sentAt: now))
        #expect(news(sentAt: nil).onClock(late) == news(sentAt: nil))
    }
}
