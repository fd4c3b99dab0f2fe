import FleetModel
import NIOCore

/// All clients of one process, on one event loop.
final class ClientFleet {
    let loop: any EventLoop
    let plan: ProcessPlan
    let dialler: Dialler
    var tally = ClientTally()
    var random = SystemRandomNumberGenerator()
    private let tokens: [String]?
    private let indices: [String: Int32]
    private(set) var clients: [LoadClient] = []
    private var stamps: StampReader
    var pacer: Pacer
    /// Clients that were begun; the others wait for their turn.
    var begun = 0
    /// Clients that want to dial but have to wait until fewer attempts are under way.
    var waiting: [LoadClient] = []
    var attempts = 0
    var wakes = TickSchedule<(LoadClient, UInt32)>(tick: ClientFleet.tick)
    var limits = TickSchedule<(LoadClient, UInt32)>(tick: ClientFleet.tick)
    /// Clients whose requests were refused for the moment.
    var requests = TickSchedule<(LoadClient, UInt32)>(tick: ClientFleet.tick)
    private var ticks: RepeatedTask?
    private(set) var isFrozen = false
    private(set) var subscribed = 0
    private(set) var lastDelivery: UInt64 = 0

    /// One timer for all clients; a wait is at most this much too long.
    static let tick: Duration = .milliseconds(10)

    /// - Parameter tokens: one for each client of the plan, or nil for none.
    /// - Throws: `LoadRefusal` when a target's address cannot be found, or its certificate authority not be read.
    init(plan: ProcessPlan, tokens: [String]?, loop: any EventLoop) throws {
        self.plan = plan
        self.tokens = tokens
        self.loop = loop
        dialler = try Dialler(plan, loop: loop)
        stamps = StampReader(run: plan.run)
        pacer = Pacer(rate: plan.connectRate)
        indices = Dictionary(uniqueKeysWithValues: plan.rooms.enumerated().map { ($1.rawValue, Int32($0)) })
        let assignment = RoomAssignment(plan)
        clients = (plan.firstClient..<(plan.firstClient + plan.clients)).map { number in
            LoadClient(
                number: number, rooms: assignment.rooms(of: number), target: number % plan.targets.count, fleet: self)
        }
    }

    func start() {
        let fleet = NIOLoopBound(self, eventLoop: loop)
        ticks = loop.scheduleRepeatedTask(initialDelay: .zero, delay: TimeAmount(Self.tick)) { _ in
            fleet.value.timePassed(SteadyClock.now)
        }
    }

    /// Whether every client has been dialled and none is still on its way in.
    var isSettled: Bool { begun == clients.count && attempts == 0 && waiting.isEmpty && wakes.isEmpty }

    var progress: ClientProgress {
        ClientProgress(
            clients: clients.count, subscribed: subscribed, isSettled: isSettled, joins: tally.joins,
            failures: tally.connectFailures.values.reduce(0, +), deliveries: tally.deliveries,
            dropped: tally.storm.dropped, returned: tally.storm.returned, stuckConnected: tally.stuck - tally.stuckEnded
        )
    }

    var receipts: [ClientReceipts] { clients.map(\.receipts) }

    /// From here on no client leaves or is begun; those on their way back still arrive.
    func freeze() { isFrozen = true }

    /// Whether a client that has been there is between two connections.
    var isAnyReturning: Bool { clients.contains(where: \.isReturning) }

    /// Closes every connection.
    func leave() {
        ticks?.cancel()
        for client in clients { client.leave() }
    }
}

// MARK: - What clients ask

extension ClientFleet {
    func target(_ index: Int) -> TargetURL { plan.targets[index] }

    func otherTarget(than index: Int) -> Int { (index + 1) % plan.targets.count }

    func token(of client: Int) -> String? { tokens?[client - plan.firstClient] }

    func name(of room: Int32) -> RoomName { plan.rooms[Int(room)] }

    func index(of room: String) -> Int32? { indices[room] }

    func byRoom(_ positions: [String: StreamPosition]) -> [Int32: StreamPosition] {
        var byRoom: [Int32: StreamPosition] = [:]
        for (name, position) in positions {
            if let room = indices[name] { byRoom[room] = position }
        }
        return byRoom
    }

    func subscription(to rooms: [Int32]) -> String {
        let names = rooms.map { "\"\(name(of: $0))\"" }.joined(separator: ",")
        return #"{"event_type":"subscribe","data":{"events":[\#(names)]}}"#
    }

    /// Whether messages of a room are looked at for their place in a stream before the server has said that there is
    /// one.
    func mayBeStream(_ room: Int32) -> Bool { criticality(of: room) == .critical }

    /// The last clients of the run are the ones that stop reading.
    func getsStuck(_ client: Int) -> Bool { client >= plan.firstStuck }

    private func criticality(of room: Int32) -> Criticality {
        plan.classes.indices.contains(Int(room)) ? plan.classes[Int(room)] : .bestEffort
    }
}

// MARK: - What clients tell

extension ClientFleet {
    /// - Returns: nil for what is no message of this run.
    func stamp(in message: UnsafeRawBufferPointer) -> MessageStamp? { stamps.read(message) }

    /// Counts a delivered message.
    func count(_ stamp: MessageStamp, bytes: Int, isReplayed: Bool, at now: UInt64) {
        if isReplayed {
            tally.replaysReceived &+= 1
        } else {
            let microseconds = now > stamp.time ? (now - stamp.time) / 1_000 : 0
            tally.recordLatency(criticality(of: stamp.room), microseconds: microseconds)
        }
        tally.deliveries &+= 1
        tally.deliveredBytes &+= UInt64(bytes)
        lastDelivery = now
    }

    func joined(_ client: LoadClient, isReturn: Bool, after time: UInt64) {
        attempts -= 1
        subscribed += 1
        tally.joins += 1
        tally.rejoins += isReturn ? 1 : 0
        tally.handshake.record(microseconds: time / 1_000)
        if !isReturn { tally.pace.joined(at: SteadyClock.now) }
    }

    func cameBack(after time: UInt64, at now: UInt64) {
        tally.storm.returned(after: time, at: now)
    }

    /// - Parameter counts: false at the end of the run, whose closes are no figures of it.
    func ended(_ end: ConnectionEnd, wasSubscribed: Bool, counts: Bool) {
        if wasSubscribed { subscribed -= 1 } else { attempts -= 1 }
        guard counts else { return }
        if wasSubscribed {
            tally.countClose(end)
        } else {
            tally.countFailure(end)
            if case .refused(status: 503, retryAfter: _) = end { tally.storm.refused() }
        }
    }
}
