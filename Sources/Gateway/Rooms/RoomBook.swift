import AdminAPI
import FleetModel

/// Keeps a worker's rooms in order for a moment, so that whoever reads many pages costs one walk through the rooms and
/// one sort, and neither on a loop that serves clients.
actor RoomBook {
    private struct Title: Hashable {
        var filter: RoomFilter
        var order: RoomListOrder
    }

    private let count: @Sendable () async -> [RoomName: Int]
    private let now: @Sendable () -> ContinuousClock.Instant
    private var sizes: [RoomSize] = []
    private var madeAt: ContinuousClock.Instant?
    private var lists: [Title: RoomList] = [:]
    private var isMaking = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Longer than a reader takes for all pages of a large worker, shorter than people take to wonder.
    static let kept: Duration = .seconds(1)
    /// Lists that are kept beside each other: each is as large as the worker has rooms.
    private static let maximumLists = 4

    /// - Parameter count: walks through the rooms.
    init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        count: @escaping @Sendable () async -> [RoomName: Int]
    ) {
        self.now = now
        self.count = count
    }

    /// A view that looks at the top of the list again and again does not have it put in order as a whole.
    /// - Throws: `AdminError` for a cursor that is not one of the list's.
    func page(
        _ filter: RoomFilter, _ order: RoomListOrder, after cursor: String?, limit: Int, _ rules: CriticalityRules
    ) async throws -> Page<RoomInfo> {
        await refresh()
        let title = Title(filter: filter, order: order)
        if cursor == nil, lists[title] == nil {
            return RoomList.firstPage(of: sizes, filter, order, limit: limit, rules)
        }
        return try list(title).page(after: cursor, limit: limit, rules)
    }

    private func list(_ title: Title) -> RoomList {
        if let known = lists[title] { return known }
        let list = RoomList(sizes, title.filter, title.order)
        if lists.count >= Self.maximumLists { lists = [:] }
        lists[title] = list
        return list
    }

    private func refresh() async {
        while !isFresh {
            if isMaking {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                await make()
            }
        }
    }

    private var isFresh: Bool {
        guard let madeAt else { return false }
        return now() - madeAt < Self.kept
    }

    private func make() async {
        isMaking = true
        let counts = await count()
        sizes = counts.map { RoomSize(room: $0.key, connections: $0.value) }
        lists = [:]
        madeAt = now()
        isMaking = false
        waiting.forEach { $0.resume() }
        waiting = []
    }
}
