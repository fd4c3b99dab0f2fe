import DequeModule
import FleetModel
import NIOCore

/// What rooms with streams have done for them. On the loop of the exchange.
protocol StreamOutlet: AnyObject {
    /// Hands a message to the room's members.
    /// - Parameter isPlaced: false for one that is not in the stream where it says to be.
    /// - Returns: what they got; nil for what is no envelope.
    func deliver(_ message: StreamMessage, in room: RoomName, isPlaced: Bool) -> Delivery?
    /// What a client that resumes gets of a message; nil for what is no envelope.
    func replay(_ message: StreamMessage, in room: RoomName) -> Delivery?
    /// Nothing after the position will be missed.
    func ready(_ room: RoomName, at position: StreamPosition)
    /// Members may have missed messages before the position.
    func lost(_ loss: StreamLoss, in room: RoomName, at position: StreamPosition)
    func answer(_ request: ResumeRequest, with answer: ResumeAnswer)
}

/// The rooms of one worker whose messages are kept in streams: a cursor and a tail each, and who waits to resume.
///
/// It is used on the loop of the exchange only.
final class StreamRooms {
    /// Of all tails together: a worker with many rooms keeps less of each.
    private static let maximumTailBytes = 64 << 20

    let log: GuardedLog
    let loop: any EventLoop
    /// What is read of streams for clients that come back counts as what waits for clients.
    let load: WorkerLoad
    var policy: GatewayPolicy
    private(set) weak var outlet: (any StreamOutlet)?

    private(set) var isConnected = false
    var repairedTotal: UInt64 = 0
    private var rooms: [RoomName: StreamRoom] = [:]
    private var tailBytes = 0

    // Positions, used by StreamRooms+positions.
    var unasked: Set<RoomName> = []
    var isAsking = false
    var isAskScheduled = false
    var checking: Scheduled<Void>?
    var behind: [SuspectedLoss] = []

    // Resumes, used by StreamRooms+resumes.
    var waitingCount = 0
    var reads: [ResumeRead.Key: ResumeRead] = [:]
    var unread: Deque<StreamRead> = []
    var isStartingReads = false
    var readsUnderWay = 0
    var expiring: Scheduled<Void>?

    init(log: GuardedLog, loop: any EventLoop, load: WorkerLoad, policy: GatewayPolicy) {
        self.log = log
        self.loop = loop
        self.load = load
        self.policy = policy
    }

    func start(_ outlet: any StreamOutlet) {
        self.outlet = outlet
        scheduleCheck()
    }

    func stop() {
        checking?.cancel()
        expiring?.cancel()
    }

    subscript(room: RoomName) -> StreamRoom? { rooms[room] }

    /// A room that clients of this worker are in from here on.
    func open(_ name: RoomName) {
        if rooms[name] == nil { rooms[name] = StreamRoom(name) }
    }

    func close(_ name: RoomName) {
        guard let room = rooms.removeValue(forKey: name) else { return }
        dropTail(of: room)
        refuseWaiting(in: room)
    }

    var all: some Collection<StreamRoom> { rooms.values }
}

/// One room with a stream.
final class StreamRoom {
    let name: RoomName
    var cursor = RoomCursor()
    /// nil until the position is known.
    var tail: RoomTail?
    /// Until the cursor is live.
    var waiting: [PendingResume] = []

    init(_ name: RoomName) {
        self.name = name
    }
}

// MARK: - Events

extension StreamRooms {
    func connected() { isConnected = true }

    func disconnected() {
        isConnected = false
        for room in rooms.values {
            room.cursor.lostConnection()
            refuseWaiting(in: room)
        }
    }

    /// Pub/Sub brings each message of the room from here on.
    func confirmed(_ name: RoomName) {
        guard let room = rooms[name] else { return }
        perform(room.cursor.confirmed(), room)
    }

    /// Pub/Sub brought a message that says where in the stream it is.
    func receive(_ message: StreamMessage, in name: RoomName) {
        guard let room = rooms[name] else { return }
        perform(room.cursor.message(message), room)
    }
}

// MARK: - Performing

extension StreamRooms {
    func perform(_ steps: [RoomCursor.Step], _ room: StreamRoom) {
        // An answer may come after its room was closed, and even opened again.
        guard rooms[room.name] === room else { return }
        for step in steps {
            switch step {
            case .askPosition: ask(room.name)
            case .fetch(let offset): fetch(from: offset, room)
            case .deliver(let message): deliver(message, room)
            case .deliverUnplaced(let message): _ = outlet?.deliver(message, in: room.name, isPlaced: false)
            case .lost(let loss): lost(loss, room)
            case .ready: ready(room)
            case .lookAgain(let top, let asked): lookAgain(at: SuspectedLoss(room: room, top: top, asked: asked))
            }
        }
    }

    private func deliver(_ message: StreamMessage, _ room: StreamRoom) {
        if room.tail == nil { room.tail = RoomTail(after: message.previous ?? message.position.offset) }
        guard let delivery = outlet?.deliver(message, in: room.name, isPlaced: true) else { return }
        let before = room.tail?.bytes ?? 0
        room.tail?.append(delivery, allowance: before + max(0, Self.maximumTailBytes - tailBytes))
        tailBytes += (room.tail?.bytes ?? 0) - before
    }

    /// Puts what was read from the stream in place of a tail that does not reach so far back.
    func replaceTail(of room: StreamRoom, after floor: StreamOffset, _ deliveries: [Delivery]) {
        let before = room.tail?.bytes ?? 0
        var tail = RoomTail(after: floor)
        for delivery in deliveries {
            tail.append(delivery, allowance: before + max(0, Self.maximumTailBytes - tailBytes))
        }
        room.tail = tail
        tailBytes += tail.bytes - before
    }

    private func lost(_ loss: StreamLoss, _ room: StreamRoom) {
        dropTail(of: room)
        if let position = room.cursor.position { outlet?.lost(loss, in: room.name, at: position) }
    }

    private func ready(_ room: StreamRoom) {
        guard let position = room.cursor.position else { return }
        if room.tail == nil { room.tail = RoomTail(after: position.offset) }
        outlet?.ready(room.name, at: position)
        answerWaiting(in: room)
    }

    private func dropTail(of room: StreamRoom) {
        tailBytes -= room.tail?.bytes ?? 0
        room.tail = nil
    }
}
