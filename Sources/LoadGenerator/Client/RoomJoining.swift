/// How a client gets into its rooms: anew, or from where it was when the server keeps a room in a stream. A value
/// without socket or clock.
package struct RoomJoining: Sendable {
    package enum Request: Sendable, Equatable {
        case subscribe([Int32])
        case resume(Int32, StreamPosition)
    }

    /// How far each stream room has been read; rooms that are in no stream have none.
    package private(set) var positions: [Int32: StreamPosition] = [:]
    /// The rooms of each subscription that is not answered, oldest first.
    private var subscribing: [[Int32]] = []
    private var resuming: Set<Int32> = []

    package init() {}

    /// Every request is answered.
    package var isComplete: Bool { subscribing.isEmpty && resuming.isEmpty }

    /// What to ask for on a connection that has just opened; whatever was asked for on the one before is void.
    package mutating func begin(_ rooms: [Int32]) -> [Request] {
        let fresh = rooms.filter { positions[$0] == nil }
        subscribing = fresh.isEmpty ? [] : [fresh]
        resuming = Set(positions.keys)
        let resumes = rooms.compactMap { room in positions[room].map { Request.resume(room, $0) } }
        return subscribing.map(Request.subscribe) + resumes
    }

    /// A subscription is confirmed.
    /// - Returns: the rooms that were joined anew.
    package mutating func subscribed(_ places: [Int32: StreamPosition]) -> [Int32] {
        guard !subscribing.isEmpty else { return [] }
        let rooms = subscribing.removeFirst()
        for room in rooms { positions[room] = places[room] }
        return rooms
    }

    /// A room is resumed, or the server says by itself that it lost messages of a room that this client reads.
    /// - Parameter position: where the room stands.
    /// - Returns: false for an answer that nobody asked for and that is no loss.
    package mutating func resumed(_ room: Int32, isRecovered: Bool, position: StreamPosition?) -> Bool {
        let isLoss = !isRecovered && positions[room] != nil
        guard resuming.remove(room) != nil || isLoss else { return false }
        // What was missed is still to come: the position follows the messages, so that a cut half-way loses none.
        if !isRecovered { positions[room] = position }
        return true
    }

    /// What is not answered, to be asked for again.
    package var outstanding: [Request] {
        subscribing.map(Request.subscribe)
            + resuming.sorted().compactMap { room in positions[room].map { Request.resume(room, $0) } }
    }

    /// The rooms that are to be resumed.
    package var unresumed: [Int32] { resuming.sorted() }

    /// The server does not replay the room: join it anew.
    package mutating func cannotResume(_ room: Int32) -> Request? {
        guard resuming.remove(room) != nil else { return nil }
        positions[room] = nil
        subscribing.append([room])
        return .subscribe([room])
    }

    mutating func received(_ room: Int32, at mark: StreamMark) {
        if positions[room]?.move(to: mark) == nil { positions[room] = mark.position }
    }
}
