import AdminAPI
import AdminClient
import ArgumentParser
import ControlPlane
import FleetModel
import FoundationEssentials

/// `gadtop broadcast`
struct BroadcastCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "broadcast", abstract: "Send a message to a room, a role, a user or everyone.",
        discussion: """
            Each client gets it once, however often it is sent under one id; the id is printed, and --message-id \
            repeats \
            it. A message to a room has the room's class at least; --class raises it. In a critical room it goes \
            through the room's stream.

            Examples:
              gadtop broadcast --room ops:north --message "Maintenance at 03:00 UTC"
              gadtop broadcast --role ADMIN --message "call 4711" --class critical --require-ack --wait 30s
              gadtop broadcast --all --message "back in a minute" --yes -o json
            """)

    @Option(name: .long, help: "To the clients in this room.")
    var room: String?
    @Option(name: .long, help: "To the clients with this role.")
    var role: String?
    @Option(name: .long, help: "To the clients of this user.")
    var user: String?
    @Flag(name: .long, help: "To everyone.")
    var all = false

    @Option(name: .long, help: ArgumentHelp("What clients get as data.message.", valueName: "text"))
    var message: String
    @Option(name: .long, help: "What clients get as event_type.")
    var eventType = BroadcastOrder.standardEventType
    @Option(name: .customLong("class"), help: "critical, important or best_effort.")
    var criticality: Criticality = .bestEffort
    @Flag(name: .long, help: "Wait until every client that got it has acknowledged it.")
    var requireAck = false
    @Option(name: .long, help: ArgumentHelp("How long to follow it: 2s, 10s with --require-ack.", valueName: "time"))
    var wait: DurationOption?
    @Option(name: .long, help: ArgumentHelp("Send the message of this id again.", valueName: "id"))
    var messageID: String?

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func validate() throws {
        guard [room, role, user].count(where: { $0 != nil }) + (all ? 1 : 0) == 1 else {
            throw ValidationError("Say whom it is for: one of --room, --role, --user and --all.")
        }
        guard room.map({ RoomName($0) != nil }) ?? true else {
            throw ValidationError("--room is a room's name: 1 to 128 of A-Za-z0-9:_.- are allowed.")
        }
        guard (1...BroadcastOrder.maximumMessageBytes).contains(message.utf8.count) else {
            throw ValidationError("--message is 1 to \(BroadcastOrder.maximumMessageBytes) bytes of text.")
        }
        guard messageID.map({ BroadcastID($0) != nil }) ?? true else {
            throw ValidationError("--message-id takes an id that gadtop broadcast printed.")
        }
    }

    func execute() async throws {
        let fleet = try await ActFleet.open(fleetOptions)
        let target = target
        guard let target, let id else { throw CommandFailure(.wrongUsage, "say whom it is for") }
        let order = BroadcastOrder(
            id, to: target, message: message, eventType: eventType, requireAck: requireAck ? true : nil,
            reason: mutation.reason)
        let plan = try await plan(order, id, target, fleet)
        let run = ActRun(plan: plan, mutation: mutation)
        let details: [(String, OutputValue)] = [
            ("message_id", .text(id.rawValue)), ("class", .text(plan.criticality.rawValue)),
            ("connections", .integer(plan.connections)),
        ]
        guard try run.isConfirmed(to: "send this message", details) else { return }
        Print.error("message id: \(SafeText(id.rawValue))")
        var said = ""
        let outcome = try await fleet.send(plan, wait: wait?.duration) { _, watch in
            let line = "delivered \(Figures.exact(watch.delivered)), acknowledged \(Figures.exact(watch.acknowledged))"
            if line != said { Print.error(line) }
            said = line
        }
        try outcome.tell(as: mutation.output)
    }

    private var target: BroadcastTarget? {
        if let room = room.flatMap({ RoomName($0) }) { return .room(room) }
        if let role { return .role(role) }
        if let user { return .user(user) }
        return all ? .everyone : nil
    }

    private var id: BroadcastID? {
        messageID.map { BroadcastID($0) } ?? BroadcastID(criticality, unique: UUID().uuidString.lowercased())
    }
}

extension Criticality: ExpressibleByArgument {}

extension BroadcastCommand {
    private func plan(
        _ order: BroadcastOrder, _ id: BroadcastID, _ target: BroadcastTarget, _ fleet: ActFleet
    ) async throws -> BroadcastPlan {
        let (answers, silent): ([(worker: WorkerID, value: Page<ConnectionInfo>)], [WorkerID]) = try await fleet.all(
            .connections, query: Self.selector(target) + "limit=1")
        return BroadcastPlan(
            order, id, to: target,
            reach: answers.map { .init(worker: $0.worker, connections: $0.value.total) }, silent: silent,
            roomClass: try await Self.roomClass(target, fleet))
    }

    /// The room's class by the workers' rules; where they disagree, the one that does most.
    private static func roomClass(_ target: BroadcastTarget, _ fleet: ActFleet) async throws -> Criticality? {
        guard case .room(let room) = target else { return nil }
        let (previews, _): ([(worker: WorkerID, value: ThrottlePreview)], [WorkerID]) = try await fleet.all(
            .throttlePreview, query: "pattern=" + AdminRequest.encoded(room.rawValue))
        return previews.compactMap(\.value.criticality).min()
    }

    private static func selector(_ target: BroadcastTarget) -> String {
        switch target {
        case .room(let room): "room=\(AdminRequest.encoded(room.rawValue))&"
        case .role(let role): "role=\(AdminRequest.encoded(role))&"
        case .user(let user): "user=\(AdminRequest.encoded(user))&"
        case .everyone: ""
        }
    }
}
