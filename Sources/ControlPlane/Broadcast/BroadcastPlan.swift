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
        let (message, count) = (SafeText(order.message), Figures.exact(connections))
        let (sentAs, id) = (SafeText(criticality.rawValue), SafeText(id.rawValue))
        let acknowledgement = say("Clients are asked to acknowledge it.", "Se pide a los clientes que lo confirmen.")
        return [
            say(
                "\"\(message)\" goes to \(words): \(count) connections on \(Figures.exact(workers)) workers.",
                "\"\(message)\" va a \(words): \(count) conexiones en \(Figures.exact(workers)) workers."),
            say(
                "It is sent as \(sentAs)\(classReason), under the id \(id).",
                "Se envía como \(sentAs)\(classReason), con el id \(id)."),
        ] + (order.requireAck ?? false ? [acknowledgement] : [])
    }

    private var classReason: SafeText {
        criticality == id.criticality
            ? "" : say(", which is the class of the room", ", que es la clase de la sala")
    }

    package var objections: [PlanObjection] {
        let nobody = PlanObjection(
            .warning, say("nobody is there to get it now", "no hay nadie que lo reciba ahora"))
        return (connections == 0 ? [nobody] : []) + PlanObjection.silent(silent)
    }

    package var confirmation: SafeText? {
        switch target {
        case .everyone: say("everyone", "todos")
        case .room(let room) where isLarge: SafeText(room)
        case .role(let role) where isLarge: SafeText(role)
        case .room, .role, .user: nil
        }
    }

    private var isLarge: Bool { connections >= Self.large }

    private var words: SafeText {
        switch target {
        case .room(let room): say("room \(room)", "la sala \(room)")
        case .role(let role): say("the role \(SafeText(role))", "el rol \(SafeText(role))")
        case .user(let user): say("the user \(SafeText(user))", "el usuario \(SafeText(user))")
        case .everyone: say("everyone", "todos")
        }
    }
}
