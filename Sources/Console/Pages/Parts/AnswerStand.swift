import AdminAPI
import FleetModel
import Terminal

/// How a question of a page stands: not answered yet, answered by some, or grown old.
struct AnswerStand {
    let answer: FleetAnswer?
    let now: UnixTime
    /// There is somebody to ask.
    let hasWorkers: Bool

    /// Failures are told of so many workers by name.
    private static let namedFailures = 2
    /// Answers to questions that are repeated are younger while all is well.
    private static let old: Duration = .seconds(12)

    init(_ query: FleetQuery, _ context: PageContext) {
        answer = context.world.answers[query]
        now = context.world.now
        hasWorkers = !context.world.askable.isEmpty
    }

    /// What must be said above what is known: who did not answer and why, and how old the rest is.
    var remarks: [PageLine] { failures + age }

    /// In the place of what is not known: that it is asked for, or that there is nobody to ask.
    var emptiness: [PageLine] {
        if !hasWorkers { return [PageLine(AnswerWords.nobody, Style(.warning))] }
        guard let answer else { return [PageLine(AnswerWords.loading, Style(.dim))] }
        return answer.replies.isEmpty ? [PageLine(AnswerWords.unknown, Style(.dim))] : []
    }

    private var failures: [PageLine] {
        guard let failures = answer?.failures, !failures.isEmpty else { return [] }
        let told = failures.prefix(Self.namedFailures).map { failure in
            PageLine(AnswerWords.failed(SafeText(failure.worker), SafeText(failure.error.message)), Style(.warning))
        }
        let rest = failures.count - told.count
        return told + (rest > 0 ? [PageLine(AnswerWords.moreFailed(rest), Style(.warning))] : [])
    }

    private var age: [PageLine] {
        guard let answer, answer.at.duration(to: now) >= Self.old else { return [] }
        return [PageLine(AnswerWords.age(Figures.span(answer.at.duration(to: now))), Style(.stale))]
    }
}
