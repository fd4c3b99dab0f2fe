import AdminAPI
import Console
import FleetModel

/// Asks the workers of all fleets that the console looks at: each fleet its own, and the answers are put together.
@MainActor
final class QueryGroup {
    private let members: [Member]
    private var gatherings: [FleetQuery: AnswerGathering] = [:]

    private struct Member {
        /// nil where there is one only.
        let context: String?
        let desk: QueryDesk
    }

    init(_ fleet: ConsoleFleet) throws {
        let isAlone = fleet.members.count == 1
        members = try fleet.members.map {
            Member(context: isAlone ? nil : $0.context, desk: try QueryDesk($0.source))
        }
    }

    var readinessDescriptors: [Int32] { members.map(\.desk.readinessDescriptor) }

    func ask(_ query: FleetQuery, of workers: [WorkerID]) {
        if members[0].context == nil { return members[0].desk.ask(query, of: workers) }
        var gathering = AnswerGathering(query)
        for member in members {
            let own = workers.filter { $0.context == member.context }
            guard let context = member.context, !own.isEmpty else { continue }
            gathering.await(context)
            member.desk.ask(query, of: own.map(\.unqualified))
        }
        gatherings[query] = gathering
    }

    func takeAnswers() -> [FleetAnswer] {
        members.flatMap { member in
            let answers = member.desk.takeAnswers()
            guard let context = member.context else { return answers }
            return answers.compactMap { answer in
                let whole = gatherings[answer.query]?.take(answer, of: context)
                if whole != nil { gatherings[answer.query] = nil }
                return whole
            }
        }
    }

    func close() {
        for member in members { member.desk.close() }
    }
}

/// The answers of several fleets to one question, until the last is there.
struct AnswerGathering {
    private let query: FleetQuery
    private var awaited: Set<String> = []
    private var parts: [FleetAnswer.Part] = []

    init(_ query: FleetQuery) {
        self.query = query
    }

    mutating func await(_ context: String) { awaited.insert(context) }

    /// Workers that are asked are live, and a silent one is given up by its own desk: nobody waits long for another.
    /// - Returns: the whole, once it is.
    mutating func take(_ answer: FleetAnswer, of context: String) -> FleetAnswer? {
        guard awaited.remove(context) != nil else { return nil }
        parts += answer.parts.map { FleetAnswer.Part($0.worker.qualified(by: context), $0.reply) }
        return awaited.isEmpty ? FleetAnswer(query, at: answer.at, parts: parts) : nil
    }
}
