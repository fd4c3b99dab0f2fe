import AdminAPI
import ControlPlane
import FleetModel

/// Closes one connection.
struct KickAct: ActSubject {
    /// Of the connection that was selected; empty where none was.
    let connection: String
    /// Who holds it, where that is known.
    let worker: WorkerID?

    var title: SafeText { KickActWords.title }

    var fields: [ActField] {
        [
            ActField(.connection, ActFieldWords.connection, placeholder: ActFieldWords.connectionExample, connection)
                .askedAbout(),
            .flag(.mayReturn, ActFieldWords.mayReturn), .reason,
        ]
    }

    func wishes(_ answers: ActAnswers) -> [Wish] {
        guard let id = answers[.connection] else { return [] }
        let audience: Wish.Audience =
            if let worker, id == connection { .worker(worker) } else { .everyone }
        return [Wish(query: Self.query(id), audience: audience, every: Self.lookAge)]
    }

    /// It may have ended since.
    private static let lookAge: Duration = .seconds(3)

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        guard let id = answers[.connection] else { throw ActComplaint(.missing, KickActWords.whichConnection) }
        let mayReturn = try answers.flag(.mayReturn)
        let (pages, _) = try situation.gathered(Self.query(id)) { reply in
            if case .connections(let page) = reply { page } else { nil }
        }
        for (worker, page) in pages {
            guard let found = page.items.first(where: { $0.connectionID == id }) else { continue }
            let plan = KickPlan(
                found, on: worker, user: nil, mayReturn: mayReturn, reason: answers.reason, now: situation.now)
            return ActProposal(plan, deed: KickActWords.closes, .kick(worker, plan.order))
        }
        throw ActComplaint(.wrong, KickActWords.notFound(SafeText(id)))
    }

    private static func query(_ id: String) -> FleetQuery { .connections(ConnectionQuery(connection: id, limit: 1)) }
}
