import AdminAPI
import ControlPlane
import FleetModel

/// Sends an operator's message.
struct BroadcastAct: ActSubject {
    /// The room that was selected.
    let room: RoomName?
    /// Makes the message's id differ from all others; the same for every try.
    let unique: String

    var title: SafeText { BroadcastActWords.title }

    var fields: [ActField] {
        let recipients = room.map { BroadcastActWords.prefill(SafeText($0)).text } ?? ""
        return [
            ActField(.recipients, ActFieldWords.recipients, placeholder: ActFieldWords.recipientsExample, recipients)
                .askedAbout(),
            ActField(
                .message, ActFieldWords.message, placeholder: ActFieldWords.messageExample,
                maximumLength: BroadcastOrder.maximumMessageBytes),
            .choice(.criticality, ActFieldWords.criticality, Criticality.allCases.reversed().map(\.rawValue)),
            .flag(.acknowledgement, ActFieldWords.acknowledgement), .reason,
        ]
    }

    func wishes(_ answers: ActAnswers) -> [Wish] {
        // What is wrong with the recipients is said by the plan.
        guard let target = try? answers.target() else { return [] }
        return [Wish(query: Self.reach(of: target), audience: .everyone, every: Self.reachAge)]
    }

    /// Clients come and go while a form is filled in; what it says may be so old.
    private static let reachAge: Duration = .seconds(5)

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let target = try answers.target()
        guard let message = answers[.message] else { throw ActComplaint(.missing, BroadcastActWords.whatMessage) }
        let asked = try answers.choice(.criticality, of: Criticality.allCases)
        // A message has the class of its room at least.
        let criticality = min(asked ?? .bestEffort, situation.criticality(of: target))
        guard let id = BroadcastID(criticality, unique: unique) else {
            throw ActComplaint(.wrong, BroadcastActWords.whatMessage)
        }
        let order = BroadcastOrder(
            id, to: target, message: message, requireAck: try answers.flag(.acknowledgement) ? true : nil,
            reason: answers.reason)
        let (pages, silent) = try situation.gathered(Self.reach(of: target)) { reply in
            if case .connections(let page) = reply { page } else { nil }
        }
        let reach = pages.map { BroadcastPlan.Reach(worker: $0.worker, connections: $0.value.total) }
        let plan = BroadcastPlan(order, id, to: target, reach: reach, silent: silent)
        return ActProposal(plan, deed: BroadcastActWords.sends, .broadcast(plan))
    }

    /// One connection of each worker: what matters is how many there are.
    private static func reach(of target: BroadcastTarget) -> FleetQuery {
        switch target {
        case .room(let room): .connections(ConnectionQuery(room: room, limit: 1))
        case .role(let role): .connections(ConnectionQuery(role: role, limit: 1))
        case .user(let user): .connections(ConnectionQuery(user: user, limit: 1))
        case .everyone: .connections(ConnectionQuery(limit: 1))
        }
    }
}

extension ActSituation {
    /// As far as the room is among the largest; workers know it of every room.
    fileprivate func criticality(of target: BroadcastTarget) -> Criticality {
        guard case .room(let room) = target else { return .bestEffort }
        return fleet.topRooms(limit: WorkerSample.maximumTopRooms).first { $0.room == room }?.criticality ?? .bestEffort
    }
}

extension ActAnswers {
    /// `room NAME`, `role NAME`, `user NAME` or `all`; in Spanish too.
    fileprivate func target() throws(ActComplaint) -> BroadcastTarget {
        let words = (self[.recipients] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        let name = words.count == 2 ? words[1] : ""
        switch (words.first?.lowercased(), name.isEmpty) {
        case ("room"?, false), ("sala"?, false):
            guard let room = RoomName(name) else { throw ActComplaint(.wrong, BroadcastActWords.notARoom) }
            return .room(room)
        case ("role"?, false), ("rol"?, false): return .role(try bounded(name))
        case ("user"?, false), ("usuario"?, false): return .user(try bounded(name))
        case ("all"?, true), ("todos"?, true): return .everyone
        case _: throw ActComplaint(.missing, BroadcastActWords.toWhom)
        }
    }

    private func bounded(_ name: String) throws(ActComplaint) -> String {
        guard name.utf8.count <= BroadcastOrder.maximumNameBytes else {
            throw ActComplaint(.wrong, BroadcastActWords.nameTooLong)
        }
        return name
    }
}
