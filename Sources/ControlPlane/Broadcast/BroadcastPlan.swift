import AdminAPI
import FleetModel

/// Whom an operator's message will reach, made from what each worker says of its clients.
package struct BroadcastPlan: ActPlan, Equatable {
    /// How many clients one worker has for it.
    package struct Reach: Sendable, Equatable {
        package let worker: WorkerID
        package let connections: Int

        package init(worker: WorkerID, connections: Int) {
            self.worker = worker
            self.connections = connections
        }
    }

    package let order: BroadcastOrder
    package let id: BroadcastID
    package let target: BroadcastTarget
    package let reach: [Reach]
    package let silent: [WorkerID]
    /// That of the room, by the rules of its workers; nil where it is for no room.
    package let roomClass: Criticality?

    /// More people than this are asked for with a typed word: one cannot take a message back.
    package static let large = 1_000

    package init(
        _ order: BroadcastOrder, _ id: BroadcastID, to target: BroadcastTarget, reach: [Reach],
        silent: [WorkerID] = [], roomClass: Criticality? = nil
    ) {
        self.order = order
        self.id = id
        self.target = target
        self.reach = reach
        self.silent = silent
        self.roomClass = roomClass
    }

    /// What it is delivered as: a room's class can be raised and not lowered.
    package var criticality: Criticality { min(id.criticality, roomClass ?? id.criticality) }

    package var kind: OperationKind { .broadcast }
    package var connections: Int { reach.reduce(0) { $0 + $1.connections } }

    package var consequences: [SafeText] {
        let workers = reach.filter { $0.connections > 0 }.count
        return [
            "\"\(SafeText(order.message))\" goes to \(words): \(Figures.exact(connections)) connections on "
                + "\(Figures.exact(workers)) workers.",
            "It is sent as \(SafeText(criticality.rawValue))\(classReason), under the id \(SafeText(id.rawValue)).",
        ] + (order.requireAck ?? false ? ["Clients are asked to acknowledge it."] : [])
    }

    private var classReason: SafeText {
        criticality == id.criticality ? "" : ", which is the class of the room"
    }

    package var objections: [PlanObjection] {
        let nobody = PlanObjection(.warning, "nobody is there to get it now")
        return (connections == 0 ? [nobody] : []) + PlanObjection.silent(silent)
    }

    package var confirmation: SafeText? {
        switch target {
        case .everyone: "everyone"
        case .room(let room) where isLarge: SafeText(room)
        case .role(let role) where isLarge: SafeText(role)
        case .room, .role, .user: nil
        }
    }

    private var isLarge: Bool { connections >= Self.large }

    private var words: SafeText {
        switch target {
        case .room(let room): "room \(room)"
        case .role(let role): "the role \(SafeText(role))"
        case .user(let user): "the user \(SafeText(user))"
        case .everyone: "everyone"
        }
    }
}
