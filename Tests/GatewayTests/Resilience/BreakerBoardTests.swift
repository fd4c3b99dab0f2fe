import FleetModel
import Logging
import Testing

@testable import Gateway

@Suite("The board of circuit breakers")
struct BreakerBoardTests {
    let board = BreakerBoard(policy: BreakerPolicy())

    @Test("keeps the breakers apart")
    func apart() {
        for _ in 0..<5 { board.failed(.publish, reason: "connection refused") }
        #expect(!board.permits(.publish))
        #expect(board.permits(.stream))
        #expect(board.permits(.registry))
        #expect(board.reports.map(\.name) == BreakerName.allCases)
        #expect(board.reports.map(\.state) == [.open, .closed, .closed])
        #expect(board.reports.map(\.refusedTotal) == [1, 0, 0])
        #expect(board.history(.publish).map(\.reason) == ["connection refused"])
        #expect(board.history(.stream).isEmpty)
    }

    @Test("hands a policy to every breaker")
    func reload() {
        var policy = BreakerPolicy()
        policy.failures = 1
        board.apply(policy)
        for name in BreakerName.allCases {
            board.failed(name, reason: "r")
            #expect(!board.permits(name))
        }
    }
}
