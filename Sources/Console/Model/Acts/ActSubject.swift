import AdminAPI
import ControlPlane
import FleetModel

/// One kind of act, as a form asks about it: what may be said, and what follows from what was said.
protocol ActSubject: Sendable {
    /// What is to be done, to what.
    var title: SafeText { get }
    /// As they are when the form opens, from the top.
    var fields: [ActField] { get }
    /// Nothing need be said: the question is asked at once.
    var asksAtOnce: Bool { get }
    /// What will be done and what comes of it; pure, and made anew with each key and each second.
    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal
    /// What workers must be asked for the plan, by what was typed so far.
    func wishes(_ answers: ActAnswers) -> [Wish]
}

extension ActSubject {
    var asksAtOnce: Bool { false }
    func wishes(_ answers: ActAnswers) -> [Wish] { [] }
}

/// What must be typed before an act is done.
package enum ActConfirmation: Sendable, Equatable {
    /// The letter y.
    case yes
    case typed(SafeText)
}

/// An act as its form shows it before the question.
struct ActProposal: Sendable {
    var consequences: [SafeText]
    var objections: [PlanObjection] = []
    var confirmation = ActConfirmation.yes
    /// Completes "Enter …" and "y …", such as "drains gw1-w2".
    var deed: SafeText
    var request: ActRequest

    /// The options that would let a refused plan go on; nil when something cannot be overridden.
    var overrides: Set<SafeText>? {
        var options: Set<SafeText> = []
        for objection in objections {
            switch objection.severity {
            case .warning: continue
            case .refusal(nil): return nil
            case .refusal(let option?): options.insert(option)
            }
        }
        return options
    }

    var isRefused: Bool { objections.contains(where: \.isRefusal) }

    /// The plan of an operation, in the words of its planner.
    init(_ plan: any PlannedOperation, deed: SafeText, reason: String?) {
        consequences = plan.consequences
        objections = plan.objections
        confirmation = plan.confirmation.map { .typed($0) } ?? .yes
        self.deed = deed
        request = .operation(plan, reason: reason)
    }

    /// The plan of a single act, in the words of its planner.
    init(_ plan: any ActPlan, deed: SafeText, _ request: ActRequest) {
        self.init(
            plan.consequences, objections: plan.objections,
            confirmation: plan.confirmation.map { .typed($0) } ?? .yes, deed: deed, request)
    }

    init(
        _ consequences: [SafeText], objections: [PlanObjection] = [], confirmation: ActConfirmation = .yes,
        deed: SafeText, _ request: ActRequest
    ) {
        self.consequences = consequences
        self.objections = objections
        self.confirmation = confirmation
        self.deed = deed
        self.request = request
    }
}
