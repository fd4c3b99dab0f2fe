import NIOCore
import Testing

@testable import Redis

@Suite("The course of a search through keys")
struct KeySearchStateTests {
    private func search(_ question: KeySearch.Question = .memory, streams: String? = nil) -> KeySearch {
        KeySearch(question, streamPrefix: streams, wanted: 2, maximumKeys: 1_200, maximumTime: .milliseconds(500))
    }

    private func names(_ keys: [String]) -> [ByteBuffer] { keys.map { ByteBuffer(string: $0) } }

    private func page(_ cursor: String, _ keys: [String]) -> Result<RESPValue, RedisError> {
        .success(.array([.bulk(cursor), .array(keys.map { .bulk($0) })]))
    }

    private func values(_ values: [Int64?]) -> [Result<RESPValue, RedisError>] {
        values.map { .success($0.map { .integer($0) } ?? .null) }
    }

    @Test("asks the keys of a page together with the next page, and ends with the last")
    func course() throws {
        var state = KeySearchState(search(), databaseSize: 4)
        #expect(state.start() == .ask([], next: "0"))
        #expect(
            try state.received([], page: page("7", ["a", "b"]), after: .zero) == .ask(names(["a", "b"]), next: "7"))
        let second = try state.received(values([10, 30]), page: page("0", ["c", "b"]), after: .zero)
        #expect(second == .ask(names(["c"]), next: nil))
        #expect(try state.received(values([20]), page: nil, after: .milliseconds(3)) == .finish)
        let finding = try state.result()
        #expect(finding.keys.map { String(buffer: $0.name) } == ["b", "c"])
        #expect((finding.found, finding.scanned, finding.isComplete) == (3, 3, true))
        #expect(finding.took == .milliseconds(3))
    }

    @Test("the least idle come first, and a key that is gone has no place")
    func idle() throws {
        var state = KeySearchState(search(.idleTime), databaseSize: 3)
        _ = try state.received([], page: page("0", ["a", "b", "c"]), after: .zero)
        _ = try state.received(values([9, nil, 2]), page: nil, after: .zero)
        #expect(try state.result().keys.map(\.value) == [2, 9])
    }

    @Test("ends when its time is over, and says so")
    func time() throws {
        var state = KeySearchState(search(), databaseSize: 99)
        let action = try state.received([], page: page("7", ["a"]), after: .milliseconds(500))
        #expect(action == .ask(names(["a"]), next: nil))
        _ = try state.received(values([1]), page: nil, after: .milliseconds(501))
        let finding = try state.result()
        #expect(finding.ranOutOfTime && !finding.isComplete && finding.scanned == 1)
    }

    @Test("ends when it has looked at as many keys as it may, also where none of them is of its kind")
    func bound() throws {
        var state = KeySearchState(search(.length, streams: "s:"), databaseSize: 9_000)
        for _ in 0..<2 { #expect(try state.received([], page: page("7", []), after: .zero) == .ask([], next: "7")) }
        #expect(try state.received([], page: page("7", []), after: .zero) == .finish)
        let finding = try state.result()
        #expect((finding.scanned, finding.found, finding.isComplete, finding.ranOutOfTime) == (1_500, 0, false, false))
    }

    @Test("a figure that no key tells fails the search with the reason; one that some tell does not")
    func refused() throws {
        let refusal = RedisError.refused("NOPERM")
        var state = KeySearchState(search(), databaseSize: 1)
        _ = try state.received([], page: page("0", ["a", "b"]), after: .zero)
        var other = state
        _ = try state.received([.failure(refusal), .failure(refusal)], page: nil, after: .zero)
        #expect(throws: refusal) { try state.result() }
        _ = try other.received([.failure(refusal), .success(.integer(1))], page: nil, after: .zero)
        #expect(try other.result().found == 1)
    }

    @Test("what is no answer to SCAN is told as that")
    func nonsense() {
        var state = KeySearchState(search(), databaseSize: 1)
        #expect(throws: RedisError.unexpectedReply(to: "SCAN")) {
            try state.received([], page: .success(.integer(1)), after: .zero)
        }
    }
}
