import DequeModule
import NIOCore

/// Who is connected, and what of it the registry was told; decides what to tell it next.
struct RegistryBook {
    /// A client that is gone and whose entry is to be removed.
    struct Departure: Sendable, Equatable {
        var connection: RegisteredConnection
        var at: NIODeadline
    }

    /// Entries of one call: some milliseconds of Redis at most.
    static let batch = 1_000
    /// Removals that wait for Redis; what is beyond lapses by itself.
    static let maximumDepartures = 65_536

    private(set) var live: [RandomID: String] = [:]
    private var untold: Set<RandomID> = []
    private(set) var departures: Deque<Departure> = []
    /// Whether the registry may know clients that it is not known to know, since a call failed.
    private var isDoubtful = false

    /// - Returns: when those clients ended that the registry never knew.
    mutating func take(_ notes: RegistryNotes) -> [NIODeadline] {
        notes.notes.compactMap { note in
            switch note {
            case .opened(let id, let userID):
                live[id] = userID
                untold.insert(id)
                return nil
            case .closed(let id, let userID, let moment): return close(id, userID, moment)
            }
        }
    }

    /// Brings the book in line with who is there, after notes were lost.
    mutating func replace(with present: [RandomID: String], at now: NIODeadline) {
        for (id, userID) in live where present[id] == nil { _ = close(id, userID, now) }
        untold.formUnion(present.keys.filter { live[$0] == nil })
        live = present
    }

    /// A call failed, so that the registry may know more or less than was thought: everyone is told again.
    mutating func doubt() {
        isDoubtful = true
        untold = Set(live.keys)
    }

    var additions: [RegisteredConnection] { untold.prefix(Self.batch).compactMap(registered) }
    var removals: [Departure] { Array(departures.prefix(Self.batch)) }

    mutating func added(_ connections: [RegisteredConnection]) {
        for connection in connections { if let id = RandomID(connection.connectionID) { untold.remove(id) } }
        if untold.isEmpty { isDoubtful = false }
    }

    mutating func removed(_ count: Int) { departures.removeFirst(min(count, departures.count)) }

    /// All that the registry knows, in calls of a bounded size.
    var batches: [[RegisteredConnection]] {
        let known = live.keys.filter { !untold.contains($0) }
        return stride(from: 0, to: known.count, by: Self.batch).map { start in
            known[start..<min(start + Self.batch, known.count)].compactMap(registered)
        }
    }

    private mutating func close(_ id: RandomID, _ userID: String, _ moment: NIODeadline) -> NIODeadline? {
        live[id] = nil
        if untold.remove(id) != nil, !isDoubtful { return moment }
        if departures.count == Self.maximumDepartures { departures.removeFirst() }
        departures.append(
            Departure(connection: RegisteredConnection(connectionID: id.description, userID: userID), at: moment))
        return nil
    }

    private func registered(_ id: RandomID) -> RegisteredConnection? {
        live[id].map { RegisteredConnection(connectionID: id.description, userID: $0) }
    }
}
