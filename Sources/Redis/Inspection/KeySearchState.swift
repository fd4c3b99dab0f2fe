import FleetModel
import NIOCore

/// The course of a search through keys: what is asked next, and what has been found. Pure; time is a parameter.
///
/// The keys of a page are asked together with the next page, so that a page costs one round trip.
struct KeySearchState {
    enum Action: Equatable {
        /// Ask each of the keys, and, where there is a cursor, for the page from there.
        case ask([ByteBuffer], next: String?)
        case finish
    }

    private struct Candidate: Comparable {
        let rank: Int64
        let name: ByteBuffer
        let value: Int64

        static func < (left: Self, right: Self) -> Bool {
            left.rank == right.rank
                ? left.name.readableBytesView.lexicographicallyPrecedes(right.name.readableBytesView)
                : left.rank < right.rank
        }
    }

    private let search: KeySearch
    private var foremost: Foremost<Candidate>
    /// Redis may name a key twice.
    private var seen: Set<ByteBuffer> = []
    private var asked: [ByteBuffer] = []
    private var pages = 0
    private var finding = KeyFinding()
    private var failure: RedisError?

    init(_ search: KeySearch, databaseSize: Int) {
        self.search = search
        foremost = Foremost(search.wanted)
        finding.databaseSize = databaseSize
    }

    func start() -> Action { .ask([], next: "0") }

    /// - Parameters:
    ///   - values: of the keys that were asked, in their order.
    ///   - page: the answer to SCAN, where it was asked for.
    mutating func received(
        _ values: [Result<RESPValue, RedisError>], page: Result<RESPValue, RedisError>?, after elapsed: Duration
    ) throws -> Action {
        take(values)
        finding.took = elapsed
        guard let page else { return .finish }
        let (cursor, keys) = try Self.read(try page.get())
        pages += 1
        asked = keys.filter { seen.insert($0).inserted }
        let next = next(cursor, elapsed)
        return asked.isEmpty && next == nil ? .finish : .ask(asked, next: next)
    }

    /// - Throws: why no key at all could be asked.
    func result() throws -> KeyFinding {
        if let failure, finding.found == 0 { throw failure }
        var finding = finding
        finding.keys = foremost.elements.map { KeyFinding.Key(name: $0.name, value: $0.value) }
        finding.scanned = finding.isComplete ? max(seen.count, scannedByAll) : scannedByAll
        return finding
    }

    /// With a filter Redis does not tell how many keys it passed over.
    private var scannedByAll: Int {
        guard search.streamPrefix != nil else { return seen.count }
        return finding.isComplete ? finding.databaseSize : min(pages * KeySearch.step, finding.databaseSize)
    }

    private mutating func next(_ cursor: String, _ elapsed: Duration) -> String? {
        finding.isComplete = cursor == "0"
        finding.ranOutOfTime = !finding.isComplete && elapsed >= search.maximumTime
        let isEnough = max(seen.count, pages * KeySearch.step) >= search.maximumKeys
        return finding.isComplete || finding.ranOutOfTime || isEnough ? nil : cursor
    }

    private mutating func take(_ values: [Result<RESPValue, RedisError>]) {
        for (name, value) in zip(asked, values) {
            switch value {
            // A key that is gone meanwhile has none.
            case .success(let reply):
                guard let value = reply.integer else { continue }
                finding.found += 1
                foremost.insert(Candidate(rank: search.question.rank(value), name: name, value: value))
            case .failure(let error): failure = error
            }
        }
    }

    private static func read(_ page: RESPValue) throws -> (cursor: String, keys: [ByteBuffer]) {
        guard let parts = page.array, parts.count == 2, let cursor = parts[0].text, let keys = parts[1].array else {
            throw RedisError.unexpectedReply(to: "SCAN")
        }
        return (
            cursor,
            keys.compactMap { key in
                if case .bulk(let name) = key { name } else { nil }
            }
        )
    }
}
