import FleetModel
import NIOCore

/// A client that resumes, while it waits.
struct PendingResume {
    let request: ResumeRequest
    let deadline: NIODeadline
    /// It has read more than this worker had, and the worker has looked for that.
    var hasRefreshed = false
}

/// One reading of a stream, for all who come back from the same entry.
struct ResumeRead {
    struct Key: Hashable {
        var room: RoomName
        var from: StreamOffset
    }

    var pending: [PendingResume]
    var found: [Delivery] = []
    /// Of the frames found.
    var bytes: Int64 = 0
    /// The last entry that was read.
    var last: StreamOffset
}

/// A reading that waits for its turn.
enum StreamRead {
    case resume(ResumeRead.Key)
    /// Of what Pub/Sub did not bring to a room.
    case repair(StreamRoom, from: StreamOffset)
}

extension StreamRooms {
    /// For the position of a room to be known.
    private static let patience = TimeAmount.seconds(5)
    /// Clients that wait at once; more are told to try again.
    private static let maximumWaiting = 65_536
    /// Readings at once, so that publishing is not delayed by a crowd that comes back.
    private static let maximumReads = 16

    func resume(_ request: ResumeRequest) {
        let pending = PendingResume(request: request, deadline: .now() + Self.patience)
        guard isConnected, waitingCount < Self.maximumWaiting, let room = self[request.room] else {
            return refuse(pending)
        }
        if room.cursor.isLive { decide(pending, room) } else { wait(pending, room) }
    }

    func answerWaiting(in room: StreamRoom) {
        for pending in takeWaiting(in: room) { decide(pending, room) }
    }

    func refuseWaiting(in room: StreamRoom) {
        for pending in takeWaiting(in: room) { refuse(pending) }
    }

    private func takeWaiting(in room: StreamRoom) -> [PendingResume] {
        let waiting = room.waiting
        room.waiting = []
        waitingCount -= waiting.count
        return waiting
    }

    private func wait(_ pending: PendingResume, _ room: StreamRoom) {
        room.waiting.append(pending)
        waitingCount += 1
        if expiring == nil { scheduleExpiry(at: pending.deadline) }
    }

    private func scheduleExpiry(at deadline: NIODeadline) {
        expiring = loop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        expiring = nil
        let now = NIODeadline.now()
        var next: NIODeadline?
        for room in all where !room.waiting.isEmpty {
            let waiting = takeWaiting(in: room)
            room.waiting = waiting.filter { $0.deadline > now }
            waitingCount += room.waiting.count
            next = (room.waiting.map(\.deadline) + [next].compactMap { $0 }).min()
            for pending in waiting where pending.deadline <= now { refuse(pending) }
        }
        if let next { scheduleExpiry(at: next) }
    }
}

// MARK: - Deciding

extension StreamRooms {
    private func decide(_ pending: PendingResume, _ room: StreamRoom) {
        guard let position = room.cursor.position else { return refuse(pending) }
        let from = pending.request.position
        guard from.epoch == position.epoch else { return lose(pending, .epochChanged, room) }
        guard from.offset <= position.offset else { return refresh(pending, room) }
        if let missed = room.tail?.after(from.offset) { return recover(pending, missed, room) }
        read(pending, room)
    }

    /// A client may have heard of a message from another worker before Pub/Sub brought it here.
    private func refresh(_ pending: PendingResume, _ room: StreamRoom) {
        guard !pending.hasRefreshed else { return lose(pending, .trimmed, room) }
        var pending = pending
        pending.hasRefreshed = true
        wait(pending, room)
        perform(room.cursor.refresh(), room)
    }

    private func recover(_ pending: PendingResume, _ missed: [Delivery], _ room: StreamRoom) {
        let bytes = missed.reduce(0) { $0 + $1.frame.readableBytes }
        guard missed.count <= policy.streams.maximumReplay, bytes <= policy.policy(of: room.name).queueBytes.bytes
        else { return lose(pending, .tooMany, room) }
        outlet?.answer(pending.request, with: .recovered(missed))
    }

    private func lose(_ pending: PendingResume, _ loss: StreamLoss, _ room: StreamRoom) {
        guard let position = room.cursor.position else { return refuse(pending) }
        outlet?.answer(pending.request, with: .lost(loss, at: position))
    }

    private func refuse(_ pending: PendingResume) {
        outlet?.answer(pending.request, with: .unavailable)
    }
}

// MARK: - Reading

extension StreamRooms {
    private func read(_ pending: PendingResume, _ room: StreamRoom) {
        let key = ResumeRead.Key(room: room.name, from: pending.request.position.offset)
        waitingCount += 1
        if reads[key] != nil {
            reads[key]?.pending.append(pending)
        } else {
            reads[key] = ResumeRead(pending: [pending], last: key.from)
            unread.append(.resume(key))
            readNext()
        }
    }

    func readNext() {
        // A reading that fails at once comes back here; the loop goes on in its place.
        guard !isStartingReads else { return }
        isStartingReads = true
        while readsUnderWay < Self.maximumReads, let next = unread.popFirst() { begin(next) }
        isStartingReads = false
    }

    private func begin(_ read: StreamRead) {
        switch read {
        case .resume(let key): fetch(key)
        case .repair(let room, let offset): repair(room, from: offset)
        }
    }

    private func fetch(_ key: ResumeRead.Key) {
        guard let read = reads[key] else { return }
        readsUnderWay += 1
        let limit = policy.streams.maximumReplay + 2 - read.found.count
        log.entries(of: key.room, from: read.last, limit: limit).assumeIsolated().whenComplete { [self] result in
            readsUnderWay -= 1
            switch result {
            case .success(let page): take(page, key)
            case .failure: finish(key) { pending, _ in refuse(pending) }
            }
            readNext()
        }
    }

    private func take(_ page: StreamPage, _ key: ResumeRead.Key) {
        guard var read = reads[key], let room = self[key.room], let position = room.cursor.position else {
            return finish(key) { pending, _ in refuse(pending) }
        }
        guard page.epoch == position.epoch else { return finish(key) { lose($0, .epochChanged, $1) } }
        guard page.entries.first?.offset == read.last else { return finish(key) { lose($0, .trimmed, $1) } }
        let before = read.bytes
        append(page, to: &read, room)
        load.add(Int(read.bytes - before))
        reads[key] = read
        guard hasMemory(for: room) else { return finish(key) { pending, _ in refuse(pending) } }
        if read.last >= position.offset {
            return complete(key, read.found.filter { ($0.position?.offset ?? .zero) <= position.offset })
        }
        // What was delivered since the page was read.
        if let rest = room.tail?.after(read.last) { return complete(key, read.found + rest) }
        guard read.found.count <= policy.streams.maximumReplay,
            read.bytes <= policy.policy(of: key.room).queueBytes.bytes
        else { return finish(key) { lose($0, .tooMany, $1) } }
        guard page.entries.count > 1 else { return finish(key) { lose($0, .trimmed, $1) } }
        // Ahead of others: what was found already takes memory until its reading ends.
        unread.prepend(.resume(key))
    }

    /// Whether the worker's bound leaves something; else clients come back a moment later, when others have theirs.
    private func hasMemory(for room: StreamRoom) -> Bool {
        load.spare(for: policy.rules.criticality(of: room.name), of: policy.queues.workerBytes) >= 0
    }

    private func append(_ page: StreamPage, to read: inout ResumeRead, _ room: StreamRoom) {
        for entry in page.entries.dropFirst() {
            let message = entry.payload.map {
                StreamMessage(
                    position: StreamPosition(epoch: page.epoch, offset: entry.offset), previous: read.last, payload: $0)
            }
            read.last = entry.offset
            if let message, let delivery = outlet?.replay(message, in: room.name) {
                read.found.append(delivery)
                read.bytes += Int64(delivery.frame.readableBytes)
            }
        }
    }

    /// Everything between the entry and the cursor's position was found.
    private func complete(_ key: ResumeRead.Key, _ found: [Delivery]) {
        if let room = self[key.room] { replaceTail(of: room, after: key.from, found) }
        finish(key) { recover($0, found, $1) }
    }

    private func finish(_ key: ResumeRead.Key, _ answer: (PendingResume, StreamRoom) -> Void) {
        guard let read = reads.removeValue(forKey: key) else { return }
        waitingCount -= read.pending.count
        load.add(-Int(read.bytes))
        for pending in read.pending {
            if let room = self[key.room] { answer(pending, room) } else { refuse(pending) }
        }
    }
}
