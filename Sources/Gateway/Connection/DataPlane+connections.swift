import AdminAPI
import FleetModel
import NIOCore

extension DataPlane {
    /// One page of this worker's connections. The loops only read where each stands, in steps; they are put in order
    /// elsewhere, and asked again for those on the page.
    /// - Throws: `AdminError` for a cursor that is not one of ours, in this order.
    package func connections(
        _ selector: ConnectionSelector, order: ConnectionListOrder = .id, after cursor: String? = nil, limit: Int
    ) async throws -> Page<ConnectionInfo> {
        let position = try Page<ConnectionInfo>.position(at: cursor) { ConnectionPlace(cursor: $0, order) }
        var (first, total) = (Foremost<Place>(limit + 1), 0)
        for index in shards.indices {
            let places = await places(on: shards[index], selector, order)
            total += places.count
            for place in places where position.map({ $0 < place }) ?? true {
                first.insert(Place(place: place, shard: index))
            }
        }
        let page = first.elements.prefix(limit)
        let next = page.count < first.elements.count ? page.last?.place.cursor(order) : nil
        return Page(items: await infos(Array(page)), total: total, nextCursor: next)
    }

    /// A place, and on which loop.
    private struct Place: Comparable {
        let place: ConnectionPlace
        let shard: Int

        static func < (left: Self, right: Self) -> Bool { left.place < right.place }
    }

    private func places(
        on shard: LoopShard, _ selector: ConnectionSelector, _ order: ConnectionListOrder
    ) async -> [ConnectionPlace] {
        var (all, seen): ([ConnectionPlace], Set<RandomID>) = ([], [])
        var end: Int? = .max
        while let below = end, let step = await Self.on(shard, { $0.places(selector, order, below: below) }) {
            let isWhole = below == .max && step.end == 0
            // In a group the last takes the place of one that goes, and may be met again.
            all += isWhole ? step.places : step.places.filter { seen.insert($0.id).inserted }
            end = step.end > 0 ? step.end : nil
        }
        return all
    }

    /// In the order of the places, without those who left meanwhile.
    private func infos(_ page: [Place]) async -> [ConnectionInfo] {
        var infos: [RandomID: ConnectionInfo] = [:]
        for index in shards.indices {
            let here = page.filter { $0.shard == index }.map(\.place)
            guard !here.isEmpty, let found = await Self.on(shards[index], { $0.infos(here) }) else { continue }
            infos.merge(found) { $1 }
        }
        return page.compactMap { infos[$0.place.id] }
    }
}

extension LoopShard {
    /// Connections that are looked at in one turn of the loop: a fraction of a millisecond.
    static let connectionsPerStep = 4_096

    /// Where those stand that are selected and kept before `end`, as many as a step has, and where they begin.
    func places(
        _ selector: ConnectionSelector, _ order: ConnectionListOrder, below end: Int
    ) -> (places: [ConnectionPlace], end: Int) {
        switch selector {
        case .all: step(below: end, of: connections.count) { connections[$0]?.place(order) }
        case .room(let room): places(of: groups[.room(room)], order, below: end)
        case .user(let user): places(of: groups[.user(user)], order, below: end)
        case .role(let role): places(of: groups[.role(role)], order, below: end)
        case .connection(let id): (connection(id).map { [$0.place(order)] } ?? [], 0)
        }
    }

    func infos(_ places: [ConnectionPlace]) -> [RandomID: ConnectionInfo] {
        let now = (steady: NIODeadline.now(), wall: wallClock())
        var infos: [RandomID: ConnectionInfo] = [:]
        for place in places {
            guard let connection = connections[Int(place.slot)], connection.id == place.id else { continue }
            infos[place.id] = info(connection, now.steady, now.wall)
        }
        return infos
    }

    private func places(
        of group: MemberGroup?, _ order: ConnectionListOrder, below end: Int
    ) -> (places: [ConnectionPlace], end: Int) {
        guard let group else { return ([], 0) }
        return step(below: end, of: group.members.count) { group.members[$0].place(order) }
    }

    private func step(
        below end: Int, of count: Int, _ place: (Int) -> ConnectionPlace?
    ) -> (places: [ConnectionPlace], end: Int) {
        let end = min(end, count)
        let start = max(0, end - Self.connectionsPerStep)
        return ((start..<end).compactMap(place), start)
    }
}
