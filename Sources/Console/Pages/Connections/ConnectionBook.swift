import AdminAPI
import FleetModel

/// The connections of one or many workers in one order, as far as they have been read: the first page of each worker,
/// and of some the pages after it.
///
/// The rows are those of which it is sure that no unread one belongs before them, so that they are the first of the
/// whole fleet; to read on, it is enough to ask the worker whose read part ends first.
struct ConnectionBook: Sendable {
    /// What one worker gave.
    private struct Part {
        var rows: [ConnectionRow]
        /// Where its next page begins; nil where all was read.
        var cursor: String?
        /// Of all its connections that are meant.
        var total: Int
        var hasFurtherPages = false
    }

    let scope: ConnectionScope
    let order: ConnectionQuery.Order
    private var parts: [WorkerID: Part] = [:]
    private(set) var rows: [ConnectionRow] = []
    private(set) var failures: [(worker: WorkerID, error: AdminError)] = []
    private(set) var asked = 0
    /// When the first page was last told; nil while it never was.
    private(set) var at: UnixTime?

    init(_ scope: ConnectionScope, _ order: ConnectionQuery.Order) {
        self.scope = scope
        self.order = order
    }

    /// Bytes of the longest of each name, for the widths of columns.
    struct Longest: Sendable {
        var connection = 0, user = 0, role = 0, worker = 0, address = 0

        fileprivate mutating func take(_ row: ConnectionRow) {
            connection = max(connection, row.info.connectionID.utf8.count)
            user = max(user, row.info.userID?.utf8.count ?? 0)
            role = max(role, row.info.role?.utf8.count ?? 0)
            worker = max(worker, row.worker.rawValue.utf8.count)
            address = max(address, row.info.remoteAddress.utf8.count)
        }
    }

    private(set) var longest = Longest()

    var answered: Int { asked - failures.count }
    /// On all workers that have told, read or not.
    var total: Int { parts.values.reduce(0) { $0 + $1.total } }
    private(set) var read = 0
    var isFull: Bool { read >= ConnectionPaging.mostRows }

    /// What is to be read next: the page of the worker whose read part ends first.
    var next: (worker: WorkerID, query: ConnectionQuery)? {
        guard !isFull, let end, let cursor = parts[end.worker]?.cursor else { return nil }
        return (end.worker, scope.query(order, limit: ConnectionPaging.further, cursor: cursor))
    }
}

// MARK: - Taking in

extension ConnectionBook {
    /// The first pages of all that were asked; what was read beyond them is kept.
    mutating func takeFirst(_ answer: FleetAnswer, clocks: WorkerClocks) {
        at = answer.at
        asked = answer.parts.count
        failures = answer.failures
        let members = Set(answer.parts.map(\.worker))
        parts = parts.filter { members.contains($0.key) && clocks.knows($0.key) }
        for (worker, reply) in answer.replies {
            guard case .connections(let page) = reply else { continue }
            takeFirst(page, of: worker, at: clocks.time(of: worker, at: answer.at))
        }
        merge()
    }

    private mutating func takeFirst(_ page: Page<ConnectionInfo>, of worker: WorkerID, at time: UnixTime) {
        let rows = rows(page, worker, time)
        guard let old = parts[worker], old.hasFurtherPages, page.nextCursor != nil, let last = rows.last else {
            parts[worker] = Part(rows: rows, cursor: page.nextCursor, total: page.total)
            return
        }
        // What was first and is not any more has left, unless it only moved behind the new first page.
        let (end, ids) = (last.place(order), Set(rows.map(\.id)))
        let further = old.rows.filter { $0.place(order) >= end && !ids.contains($0.id) }
        parts[worker] = Part(rows: rows + further, cursor: old.cursor, total: page.total, hasFurtherPages: true)
    }

    /// A page after the first of one worker.
    mutating func takeFurther(_ answer: FleetAnswer, clocks: WorkerClocks) {
        for (worker, reply) in answer.replies {
            guard case .connections(let page) = reply, var part = parts[worker] else { continue }
            let ids = Set(part.rows.map(\.id))
            let more = rows(page, worker, clocks.time(of: worker, at: answer.at)).filter { !ids.contains($0.id) }
            part.rows += more
            // A worker that says that more follows and gives nothing is asked no further.
            part.cursor = more.isEmpty ? nil : page.nextCursor
            part.total = page.total
            part.hasFurtherPages = true
            parts[worker] = part
        }
        merge()
    }

    /// Without what a worker says twice.
    private func rows(_ page: Page<ConnectionInfo>, _ worker: WorkerID, _ time: UnixTime) -> [ConnectionRow] {
        var ids: Set<String> = []
        return page.items.filter { ids.insert($0.connectionID).inserted }
            .map { ConnectionRow(worker: worker, info: $0, toldAt: time) }
    }
}

// MARK: - Merging

extension ConnectionBook {
    /// Where the read part of the worker ends whose part ends first; nil where all was read of all.
    private var end: (place: Int64, worker: WorkerID)? {
        parts.compactMap { worker, part in
            guard part.cursor != nil, let last = part.rows.last else { return nil }
            return (last.place(order), worker)
        }.min { ($0.place, $0.worker) < ($1.place, $1.worker) }
    }

    private mutating func merge() {
        let end = end?.place ?? .max
        read = parts.values.reduce(0) { $0 + $1.rows.count }
        let sure = parts.values.flatMap { part in part.rows.filter { $0.place(order) <= end && scope.includes($0.info) }
        }
        let places = sure.map { $0.place(order) }
        let sorted = sure.indices.sorted { left, right in
            places[left] == places[right]
                ? (sure[left].worker, sure[left].info.connectionID) < (
                    sure[right].worker, sure[right].info.connectionID
                )
                : places[left] < places[right]
        }
        rows = sorted.map { sure[$0] }
        longest = rows.reduce(into: Longest()) { $0.take($1) }
    }
}

/// What time it is by the clocks of workers, which need not be that of the console.
struct WorkerClocks {
    let fleet: Fleet

    func knows(_ worker: WorkerID) -> Bool { fleet.workers[worker] != nil }

    func time(of worker: WorkerID, at now: UnixTime) -> UnixTime {
        guard let record = fleet.workers[worker], let time = record.sample?.time, let heardAt = record.heardAt else {
            return now
        }
        return time.advanced(by: heardAt.duration(to: now))
    }
}
