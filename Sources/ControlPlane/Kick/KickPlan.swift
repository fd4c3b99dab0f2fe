import AdminAPI
import FleetModel

/// Whom closing a connection sends away.
package struct KickPlan: ActPlan, Equatable {
    package let worker: WorkerID
    package let connection: ConnectionInfo
    package let order: KickOrder
    private let now: UnixTime

    /// Rooms named; the others are counted.
    private static let namedRooms = 5

    /// - Parameter user: whose connection the operator takes it for; nil where they did not say.
    package init(
        _ connection: ConnectionInfo, on worker: WorkerID, user: String?, mayReturn: Bool, reason: String?,
        now: UnixTime
    ) {
        self.worker = worker
        self.connection = connection
        self.now = now
        // Whoever is found is whom the worker must find: the id may be another's by then.
        order = KickOrder(
            connectionID: connection.connectionID, userID: user ?? connection.userID, mayReturn: mayReturn,
            reason: reason)
    }

    package var kind: OperationKind { .kick }

    package var consequences: [SafeText] {
        let age = Figures.wait(max(.zero, connection.connectedAt.duration(to: now)))
        let (id, address) = (SafeText(connection.connectionID), SafeText(connection.remoteAddress))
        return [
            say(
                "\(id) on \(worker): \(user), from \(address), for \(age), in \(rooms).",
                "\(id) en \(worker): \(user), desde \(address), hace \(age), en \(rooms)."),
            order.mayReturn ?? false
                ? say(
                    "It is closed with 3014: the client may come back at once.",
                    "Se cierra con 3014: el cliente puede volver enseguida.")
                : say(
                    "It is closed with 3507: clients that keep to the protocol stay away.",
                    "Se cierra con 3507: los clientes que respetan el protocolo no vuelven."),
        ]
    }

    package var objections: [PlanObjection] {
        guard let wanted = order.userID, wanted != connection.userID else { return [] }
        let words = say(
            "the connection is not one of \(SafeText(wanted)): it is \(user)",
            "la conexión no es de \(SafeText(wanted)): es de \(user)")
        return [PlanObjection(.refusal(option: nil), worker: worker, words)]
    }

    package var confirmation: SafeText? { nil }

    private var user: SafeText {
        guard let user = connection.userID else { return say("an anonymous client", "un cliente anónimo") }
        return say("user \(SafeText(user))", "usuario \(SafeText(user))")
            + (connection.role.map { " (\(SafeText($0)))" } ?? "")
    }

    private var rooms: SafeText {
        guard !connection.rooms.isEmpty else { return say("no room", "ninguna sala") }
        let named = connection.rooms.prefix(Self.namedRooms).map(\.rawValue).joined(separator: ", ")
        let more = connection.rooms.count - Self.namedRooms
        return SafeText(named) + (more > 0 ? say(" and \(more) more rooms", " y \(more) salas más") : "")
    }
}
