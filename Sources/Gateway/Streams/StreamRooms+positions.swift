import FleetModel
import NIOCore

/// A room that seems to have missed what its stream has.
struct SuspectedLoss {
    var room: StreamRoom
    var top: StreamPosition
    /// What the room had when the top was asked for.
    var asked: StreamPosition?
}

extension StreamRooms {
    /// Rooms of one question to Redis: its script takes the server for a few hundred microseconds.
    private static let roomsPerQuestion = 256
    /// For messages that are behind the top of their stream because they are still on their way here.
    private static let grace = TimeAmount.milliseconds(50)
    /// However small the interval is configured.
    private static let shortestInterval = TimeAmount.milliseconds(10)

    /// Looks at all rooms once an interval: one timer for the worker.
    func scheduleCheck() {
        let interval = max(Self.shortestInterval, TimeAmount(policy.streams.checkInterval))
        checking = loop.assumeIsolated().scheduleTask(in: interval) { [weak self] in
            self?.check()
            self?.scheduleCheck()
        }
    }

    private func check() {
        guard isConnected else { return }
        for room in all { perform(room.cursor.check(), room) }
    }

    /// Asks where the stream of a room stands, together with others that ask in the same tick.
    func ask(_ room: RoomName) {
        unasked.insert(room)
        guard !isAskScheduled, !isAsking else { return }
        isAskScheduled = true
        loop.assumeIsolated().execute { [weak self] in
            self?.isAskScheduled = false
            self?.askNext()
        }
    }

    private func askNext() {
        guard !isAsking, !unasked.isEmpty else { return }
        isAsking = true
        let batch = unasked.prefix(Self.roomsPerQuestion).compactMap { self[$0] }
        unasked = Set(unasked.dropFirst(Self.roomsPerQuestion))
        guard !batch.isEmpty else { return asked() }
        let positions = batch.map(\.cursor.position)
        log.positions(of: batch.map(\.name), policy.streams).assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let tops) where tops.count == batch.count:
                for (index, room) in batch.enumerated() {
                    perform(room.cursor.top(tops[index], asked: positions[index], isFinal: false), room)
                }
            case .success, .failure:
                for room in batch { fail(room.cursor.topFailed(), room) }
            }
            asked()
        }
    }

    private func asked() {
        isAsking = false
        if let room = unasked.first { ask(room) }
    }

    func lookAgain(at loss: SuspectedLoss) {
        behind.append(loss)
        guard behind.count == 1 else { return }
        loop.assumeIsolated().scheduleTask(in: Self.grace) { [weak self] in self?.lookAgain() }
    }

    private func lookAgain() {
        let suspected = behind
        behind = []
        for loss in suspected { perform(loss.room.cursor.top(loss.top, asked: loss.asked, isFinal: true), loss.room) }
    }

    /// Has what is behind the offset read, in its turn with other readings.
    func fetch(from offset: StreamOffset, _ room: StreamRoom) {
        unread.append(.repair(room, from: offset))
        readNext()
    }

    func repair(_ room: StreamRoom, from offset: StreamOffset) {
        let limit = policy.streams.maximumReplay
        readsUnderWay += 1
        // One for the entry that is known, and one that shows that there are too many.
        log.entries(of: room.name, from: offset, limit: limit + 2).assumeIsolated().whenComplete { [self] result in
            readsUnderWay -= 1
            switch result {
            case .success(let page): repair(room, page, limit)
            case .failure: fail(room.cursor.pageFailed(), room)
            }
            readNext()
        }
    }

    /// Who waits for the stream can ask again; who is a member waits for the next check.
    private func fail(_ steps: [RoomCursor.Step], _ room: StreamRoom) {
        perform(steps, room)
        if !room.cursor.isLive { refuseWaiting(in: room) }
    }

    private func repair(_ room: StreamRoom, _ page: StreamPage, _ limit: Int) {
        let before = room.cursor.repaired
        let steps = room.cursor.page(page, limit: limit)
        repairedTotal += room.cursor.repaired - before
        perform(steps, room)
    }
}
